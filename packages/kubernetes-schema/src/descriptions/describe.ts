/**
 * What types and fields are, in prose: what `kubectl explain` prints. Covers the types that the built-in kinds of Orlop
 * lead to. Apart from the schemas and loaded on demand, because nothing but documentation needs it.
 */
import type { Descriptions } from './descriptions.ts';

/**
 * The text of a type (`field` absent) or of one of its fields; undefined where there is none.
 * `ref` is the full OpenAPI name, such as `io.k8s.api.apps.v1.DeploymentSpec`; `field` is the JSON name.
 */
export type Describe = (ref: string, field?: string) => string | undefined;

/** Loads the texts of all packages. A second call answers from the same modules. */
export async function loadDescriptions(): Promise<Describe> {
  const [apps, autoscaling, core, meta, policy, scalars] = await Promise.all([
    import('./apps/v1.ts'),
    import('./autoscaling/v1.ts'),
    import('./core/v1.ts'),
    import('./meta/v1.ts'),
    import('./policy/v1.ts'),
    import('./scalars.ts'),
  ]);
  const packages = new Map<string, Descriptions>([
    ['io.k8s.api.apps.v1', apps.appsV1Descriptions],
    ['io.k8s.api.autoscaling.v1', autoscaling.autoscalingV1Descriptions],
    ['io.k8s.api.core.v1', core.coreV1Descriptions],
    ['io.k8s.api.policy.v1', policy.policyV1Descriptions],
    ['io.k8s.apimachinery.pkg.apis.meta.v1', meta.metaV1Descriptions],
    ['io.k8s.apimachinery.pkg.api.resource', scalars.quantityDescriptions],
    ['io.k8s.apimachinery.pkg.runtime', scalars.runtimeDescriptions],
    ['io.k8s.apimachinery.pkg.util.intstr', scalars.intOrStringDescriptions],
  ]);
  return (ref, field = '') => {
    const dot = ref.lastIndexOf('.');
    const types = packages.get(ref.slice(0, dot));
    const name = ref.slice(dot + 1);
    // Names come from outside: `constructor` is no type.
    if (types === undefined || !Object.hasOwn(types, name)) return undefined;
    const texts = types[name]!;
    return Object.hasOwn(texts, field) ? texts[field] : undefined;
  };
}
