import {
  badRequest,
  conflict,
  type GroupResource,
  internalError,
  invalid,
  type KubernetesObject,
  type Stored,
} from '@orlop/apimachinery';
import { deepCopy } from './copy-object.ts';
import type { ResourceStore } from './resource-store.ts';
import { makeScale, type Scale, scaleKind, validateScale } from './scale.ts';
import { scaleType } from './scale-type.ts';
import type { Patcher, UpdatedObjectInfo, ValidateObject } from './verbs.ts';

/** Where a kind keeps its size. */
export interface ScaleAccessors<T extends KubernetesObject> {
  /** Undefined when the object does not say; reading its scale is then an error that names `specReplicasPath`. */
  specReplicas(object: T): number | undefined;
  /** Changes `object`, a copy of the live one. */
  setSpecReplicas(object: T, replicas: number): void;
  statusReplicas(object: T): number;
  /** Text of the label selector of what is scaled; empty when there is none. */
  selector(object: T): string;
  /** For messages. @default `.spec.replicas` */
  readonly specReplicasPath?: string;
}

/**
 * The scale subresource: shows an object as a Scale and writes the size back through the store, so the kind's own
 * validation and generation rules hold. A resourceVersion in the Scale must be the object's.
 * @param resource the scaled resource, for messages: { group: 'apps', resource: 'deployments' }
 */
export function scaleStorage<T extends KubernetesObject>(
  store: ResourceStore<T>,
  resource: GroupResource,
  accessors: ScaleAccessors<T>,
): Patcher<Scale> {
  const subresource = { group: resource.group, resource: `${resource.resource}/scale` };
  const { specReplicasPath = '.spec.replicas' } = accessors;

  const scaleOf = (object: T): Scale =>
    makeScale(
      object.metadata,
      accessors.specReplicas(object) ?? 0,
      accessors.statusReplicas(object),
      accessors.selector(object),
    );
  const asScale = (object: T): Stored<Scale> => store.unstored(scaleOf(object), scaleType);

  /** Turns "make the new Scale from the live one" into "make the new object from the live one". */
  const throughScale = (name: string, info: UpdatedObjectInfo<Scale>): UpdatedObjectInfo<T> => ({
    preconditions: info.preconditions,
    async updatedObject(context, old) {
      // The store refuses missing objects before it asks, as nothing may be created here.
      const live = old!.object;
      const owned = {
        entries: live.metadata.managedFields,
        apiVersion: live.apiVersion,
        replicasPath: specReplicasPath,
      };
      const before = scaleOf(live);
      const entries = store.scaleOwnership.ofScale(owned);
      if (entries.length > 0) before.metadata.managedFields = [...entries];
      const scale = (await info.updatedObject(context, store.unstored(before, scaleType))) as Scale | undefined;
      if (scale === undefined) throw badRequest('nil update passed to Scale');
      const errors = validateScale(scale);
      if (errors.length > 0) throw invalid(scaleKind, name, errors);
      const { uid = '', resourceVersion = '' } = scale.metadata;
      if (uid !== '' && uid !== live.metadata.uid) {
        throw conflict(
          subresource,
          name,
          `Precondition failed: UID in precondition: ${uid}, UID in object meta: ${live.metadata.uid ?? ''}`,
        );
      }
      const object = deepCopy(live);
      accessors.setSpecReplicas(object, scale.spec?.replicas ?? 0);
      if (resourceVersion === '') delete object.metadata.resourceVersion;
      else object.metadata.resourceVersion = resourceVersion;
      const owners = store.scaleOwnership.ofObject(owned, scale.metadata.managedFields);
      if (owners.length === 0) delete object.metadata.managedFields;
      else object.metadata.managedFields = [...owners];
      return object;
    },
  });

  /** Admission of a scale request sees Scales. */
  const ofScales =
    (validate: ValidateObject<Scale>): ValidateObject<T> =>
    (object, old) =>
      validate(scaleOf(object), old === undefined ? undefined : scaleOf(old));

  return {
    kind: scaleKind,
    async get(context, name, options) {
      const { object } = await store.get(context, name, options);
      if (accessors.specReplicas(object) === undefined) {
        throw internalError(`the spec replicas field ${JSON.stringify(specReplicasPath)} does not exist`);
      }
      return asScale(object);
    },
    async update(context, name, info, createValidation, updateValidation, _forceAllowCreate, options) {
      const { object, created } = await store.update(
        context,
        name,
        throughScale(name, info),
        ofScales(createValidation),
        ofScales(updateValidation),
        false,
        options,
      );
      return { object: asScale(object.object), created };
    },
  };
}
