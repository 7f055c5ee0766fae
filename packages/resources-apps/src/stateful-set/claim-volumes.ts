import type { StatefulSetSpec } from '@orlop/kubernetes-schema/apps/v1';
import type { PodTemplateSpec, Volume } from '@orlop/kubernetes-schema/core/v1';

/**
 * The template as its pods will be: each claim template is a volume, in place of a volume of that name, and host name and
 * subdomain are the controller's to set.
 */
export function templateOfPods({ template, volumeClaimTemplates = [] }: StatefulSetSpec): PodTemplateSpec {
  const { hostname: _hostname, subdomain: _subdomain, ...spec } = template.spec;
  if (volumeClaimTemplates.length === 0) return { ...template, spec };
  const claims = new Map<string, Volume>();
  for (const { metadata } of volumeClaimTemplates) {
    const name = metadata.name ?? '';
    claims.set(name, { name, persistentVolumeClaim: { claimName: name } });
  }
  const volumes = [...claims.values(), ...(spec.volumes ?? []).filter(({ name }) => !claims.has(name))];
  return { ...template, spec: { ...spec, volumes } };
}
