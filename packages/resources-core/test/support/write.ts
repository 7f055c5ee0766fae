import { type FieldErrorList, fieldErrorText, type KubernetesObject, systemRuntime } from '@orlop/apimachinery';
import {
  deepCopy,
  type RequestContext,
  type ResourceBody,
  type ResourceEnvironment,
  type UpdateStrategy,
} from '@orlop/rest';
import { normalize } from '@orlop/schema';

/** An object as a client writes it: whatever is left out is filled in. */
export type Written = Readonly<Record<string, unknown>> & { readonly metadata?: Readonly<Record<string, unknown>> };

export const environment: ResourceEnvironment = {
  runtime: systemRuntime(),
  serviceClusterIPRange: '10.0.0.0/24',
  serviceNodePortRange: [30000, 32767],
};

export function contextOf(
  request: Partial<RequestContext['request']> = {},
  warn: (text: string) => void = () => {},
): RequestContext {
  return {
    request: {
      isResourceRequest: true,
      path: '',
      verb: 'create',
      apiGroup: '',
      apiVersion: 'v1',
      namespace: 'ns',
      resource: '',
      subresource: '',
      name: '',
      ...request,
    },
    user: { name: 'tester', uid: '', groups: [], extra: {} },
    signal: { aborted: false, addEventListener() {}, removeEventListener() {} },
    warn,
  };
}

/** What the server makes of a body before any strategy sees it. */
export function decoded<T extends KubernetesObject>(body: ResourceBody<T>, written: Written): T {
  return filled(body, { ...written, metadata: { namespace: 'ns', name: 'x', ...written.metadata } });
}

function filled<T extends KubernetesObject>(body: ResourceBody<T>, written: unknown): T {
  const object = normalize(body.type, written) as T;
  body.defaults?.(object);
  body.normalize?.(object);
  return normalize(body.type, object) as T;
}

/** Stored metadata that every object has. */
const system = {
  uid: '11111111-2222-4333-8444-555555555555',
  creationTimestamp: '2026-01-02T03:04:05Z',
  resourceVersion: '1',
};

export interface Outcome<T> {
  readonly object: T;
  /** `path: Type: …`, as in messages. */
  readonly errors: readonly string[];
  readonly warnings: readonly string[];
}

const texts = (errors: FieldErrorList) => errors.map(fieldErrorText);

/** Creates as the store does, without a store: strategy, validation, warnings. */
export function created<T extends KubernetesObject>(body: ResourceBody<T>, written: Written): Outcome<T> {
  const object = decoded(body, written);
  object.metadata = { ...object.metadata, uid: system.uid, creationTimestamp: system.creationTimestamp };
  const warnings: string[] = [];
  const context = contextOf({}, (text) => warnings.push(text));
  body.strategy.prepareForCreate?.(context, object);
  const errors = texts(body.strategy.validate(context, object));
  if (errors.length === 0) warnings.push(...(body.strategy.warningsOnCreate?.(context, object) ?? []));
  body.strategy.canonicalize?.(object);
  return { object: normalize(body.type, object) as T, errors, warnings };
}

/** An object as it lies in the store. */
export function stored<T extends KubernetesObject>(body: ResourceBody<T>, written: Written): T {
  const { object, errors } = created(body, written);
  if (errors.length > 0) throw new Error(errors.join('\n'));
  object.metadata = { ...object.metadata, ...system };
  return object;
}

/** Changes a stored object as the store does: the change is decoded like a body. */
export function updated<T extends KubernetesObject>(
  body: ResourceBody<T>,
  old: T,
  change: (object: T) => void,
  strategy: UpdateStrategy<T> = body.strategy,
): Outcome<T> {
  const copy = deepCopy(old);
  change(copy);
  const object = filled(body, copy);
  const context = contextOf({ verb: 'update' });
  strategy.prepareForUpdate?.(context, object, old);
  const errors = texts(strategy.validateUpdate(context, object, old));
  const warnings = strategy.warningsOnUpdate?.(context, object, old) ?? [];
  strategy.canonicalize?.(object);
  return { object: normalize(body.type, object) as T, errors, warnings };
}
