import { type KubernetesObject, type ManagedFieldsEntry, systemRuntime } from '@orlop/apimachinery';
import { envelopeProperties, type FieldManager, type FieldManagerEndpoint } from '@orlop/rest';
import { compileSchema, normalize } from '@orlop/schema';
import { createFieldManager } from '../../src/index.ts';

/** A kind with one field of each sort that ownership tells apart. */
export interface Motor extends KubernetesObject {
  spec?: {
    size?: number;
    speed?: number;
    parts?: readonly { readonly name: string; readonly weight?: number }[];
    colors?: Readonly<Record<string, string>>;
    place?: Readonly<Record<string, string>>;
  };
  status?: { phase?: string };
}

const text = { type: 'string' } as const;

export const motorType = compileSchema({
  type: 'object',
  'x-orlop-go-type': 'Motor',
  properties: {
    ...envelopeProperties,
    spec: {
      type: 'object',
      'x-orlop-go-type': 'MotorSpec',
      properties: {
        size: { type: 'integer', format: 'int32' },
        speed: { type: 'integer', format: 'int32' },
        parts: {
          type: 'array',
          'x-kubernetes-list-type': 'map',
          'x-kubernetes-list-map-keys': ['name'],
          items: { type: 'object', properties: { name: text, weight: { type: 'integer' } } },
        },
        colors: { type: 'object', additionalProperties: text },
        place: { type: 'object', additionalProperties: text, 'x-kubernetes-map-type': 'atomic' },
      },
    },
    status: { type: 'object', properties: { phase: text } },
  },
});

export const motorKind = { group: 'test.dev', version: 'v1', kind: 'Motor' } as const;

export interface MotorFields {
  readonly fields: FieldManager<Motor>;
  /** Seconds since 1970, for the next write. */
  time: number;
  /** What was logged as an error. */
  readonly errors: string[];
}

export function motorFields(endpoint: Partial<FieldManagerEndpoint> = {}): MotorFields {
  const errors: string[] = [];
  const runtime = systemRuntime({
    clock: { now: () => result.time * 1000, monotonic: () => result.time * 1000 },
    log: { ...systemRuntime().log, error: (message) => void errors.push(message) },
  });
  const own = { kind: motorKind, type: motorType, subresource: '', complete() {}, ...endpoint };
  const result: MotorFields = { fields: createFieldManager(own, runtime) as FieldManager<Motor>, time: 1, errors };
  return result;
}

/** A Motor as decoding makes it. */
export function motor(spec?: Motor['spec'], metadata: Motor['metadata'] = {}): Motor {
  const object = { kind: 'Motor', apiVersion: 'test.dev/v1', metadata: { name: 'm', ...metadata } };
  return normalize(motorType, spec === undefined ? object : { ...object, spec }) as Motor;
}

/** What a body of an apply patch is. */
export function configuration(spec: object, metadata: object = {}): Record<string, unknown> {
  return { apiVersion: 'test.dev/v1', kind: 'Motor', metadata: { name: 'm', ...metadata }, spec };
}

/** As the store keeps it: from now on it has a uid. */
export const kept = (object: Motor): Motor => ({ ...object, metadata: { ...object.metadata, uid: 'u' } });

/** `alice Update 1: {"f:spec":…}`, one for each entry. */
export function owners({ metadata }: KubernetesObject): string[] {
  return (metadata.managedFields ?? []).map(ownerText);
}

export function ownerText({ manager, operation, time, subresource, fieldsV1 }: ManagedFieldsEntry): string {
  const since = time === undefined ? '-' : String(Date.parse(time) / 1000);
  const through = subresource === undefined ? '' : `/${subresource}`;
  return `${manager}${through} ${operation} ${since}: ${JSON.stringify(fieldsV1)}`;
}

/** The Status of what was thrown. */
export function thrown(attempt: () => unknown): Record<string, unknown> {
  try {
    attempt();
  } catch (error) {
    const { status } = error as { status?: Record<string, unknown> };
    if (status === undefined) throw error;
    return status;
  }
  throw new Error('it was not refused');
}
