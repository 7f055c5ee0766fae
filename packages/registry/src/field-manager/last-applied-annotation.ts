import { annotationsSizeLimit, encodeUtf8, goJson, type KubernetesObject } from '@orlop/apimachinery';
import { copyMetadata } from '@orlop/rest';
import { compareBytewise } from '@orlop/schema';
import type { Configuration, Link } from './link.ts';

/** Where `kubectl apply` without `--server-side` keeps what it sent last. */
export const lastAppliedAnnotation = 'kubectl.kubernetes.io/last-applied-configuration';

/** The only manager for which that annotation is kept in step: others do not go back to applying on their side. */
export const kubectl = 'kubectl';

/** Writes what kubectl applies into the annotation as well, where the object has it. */
export function keepLastApplied(next: Link): Link {
  return {
    update: (write) => next.update(write),
    apply(write) {
      const result = next.apply(write);
      const object = result.object ?? write.live;
      if (write.manager !== kubectl || lastApplied(object) === '') return result;
      return { object: withLastApplied(object, write.applied), managed: result.managed };
    },
  };
}

/** What kubectl sent last; empty when the object does not say. */
export function lastApplied({ metadata }: KubernetesObject): string {
  return metadata.annotations?.[lastAppliedAnnotation] ?? '';
}

function withLastApplied(object: KubernetesObject, applied: Configuration): KubernetesObject {
  const annotations: Record<string, string> = {
    ...object.metadata.annotations,
    [lastAppliedAnnotation]: `${goJson(sorted(withoutLastApplied(applied)))}\n`,
  };
  if (sizeOf(annotations) > annotationsSizeLimit) delete annotations[lastAppliedAnnotation];
  const copy = copyMetadata(object);
  copy.metadata.annotations = annotations;
  return copy;
}

function withoutLastApplied(applied: Configuration): Configuration {
  const metadata = applied['metadata'];
  if (!isMap(metadata) || !isMap(metadata['annotations'])) return applied;
  const { [lastAppliedAnnotation]: _last, ...annotations } = metadata['annotations'];
  return { ...applied, metadata: { ...metadata, annotations } };
}

const isMap = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (!isMap(value)) return value;
  const keys = Object.keys(value).sort(compareBytewise);
  return Object.fromEntries(keys.map((key) => [key, sorted(value[key])]));
}

function sizeOf(annotations: Readonly<Record<string, string>>): number {
  let size = 0;
  for (const key in annotations) size += encodeUtf8(key).length + encodeUtf8(annotations[key]!).length;
  return size;
}
