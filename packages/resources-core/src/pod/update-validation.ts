import { type FieldErrorList, fieldError, fieldPath } from '@orlop/apimachinery';
import {
  type Container,
  coreV1,
  type NodeSelectorTerm,
  type Pod,
  type PodSpec,
  type Toleration,
} from '@orlop/kubernetes-schema/core/v1';
import { field, required, rules, sameValue } from '@orlop/rest/rules';
import { equalSemantic } from '@orlop/schema';
import { validateMetadataUpdate } from '../metadata/validate-metadata.ts';
import { annotationKeys, internalLines, internalValue, trimmedImage } from '../pod-template/index.ts';
import { tolerationErrors } from './tolerations.ts';
import { unifiedDifference } from './unified-difference.ts';
import { validatePod } from './validation.ts';

const metadataPath = fieldPath('metadata');
const spec = fieldPath('spec');

/** What may change in the spec of a pod, as messages name it. */
const changeable = [
  '`spec.containers[*].image`',
  '`spec.initContainers[*].image`',
  '`spec.activeDeadlineSeconds`',
  '`spec.tolerations` (only additions to existing tolerations)',
  '`spec.terminationGracePeriodSeconds` (allow it to be set to 1 if it was previously negative)',
].join(',');

const imageRules = rules<Container>((at) => [field(at.image, required, trimmedImage())]);

/** Faults of a change of a pod: most of its spec stays as it was created. */
export function validatePodUpdate(pod: Pod, old: Pod): FieldErrorList {
  const errors = validateMetadataUpdate(pod.metadata, old.metadata, metadataPath);
  errors.push(...validatePod(pod, old), ...annotationChangeErrors(pod, old));
  for (const list of ['containers', 'initContainers'] as const) {
    const path = spec.child(list);
    const [after, before] = [pod.spec[list] ?? [], old.spec[list] ?? []];
    if (after.length !== before.length) {
      errors.push(fieldError.forbidden(path, 'pod updates may not add or remove containers'));
      return errors;
    }
    for (const [index, container] of after.entries()) {
      errors.push(...imageRules.validate(container, path.index(index), { operation: 'update' }));
    }
  }
  const deadline = deadlineErrors(pod.spec, old.spec);
  errors.push(...deadline.errors);
  if (deadline.stop) return errors;
  errors.push(...tolerationChangeErrors(pod, old), ...gateChangeErrors(pod.spec, old.spec));

  const type = coreV1('PodSpec');
  if (equalSemantic(type, pod.spec, old.spec)) return errors;
  const rest = withoutChangeable(pod.spec, old.spec);
  if ((old.spec.schedulingGates ?? []).length > 0) errors.push(...settleGatedChanges(rest, old.spec));
  if (!equalSemantic(type, rest, old.spec)) {
    const lines = unifiedDifference(internalLines(type, old.spec), internalLines(type, rest));
    const detail = `pod updates may not change fields other than ${changeable}\n${lines}`;
    errors.push(fieldError.forbidden(spec, detail));
  }
  return errors;
}

/** Annotations that decide how a pod was started stay as they are. */
export function annotationChangeErrors(pod: Pod, old: Pod): FieldErrorList {
  const path = metadataPath.child('annotations');
  const after = pod.metadata.annotations ?? {};
  const before = old.metadata.annotations ?? {};
  const what = (key: string) =>
    key.startsWith(annotationKeys.appArmorContainer)
      ? 'AppArmor annotations'
      : key === annotationKeys.mirror
        ? 'mirror pod annotation'
        : undefined;
  const faults = (keys: readonly string[], verb: string) =>
    keys.flatMap((key) => {
      const guarded = what(key);
      return guarded === undefined ? [] : [fieldError.forbidden(path.key(key), `may not ${verb} ${guarded}`)];
    });
  return [
    ...faults(
      Object.keys(before)
        .filter((key) => after[key] !== before[key])
        .sort(),
      'remove or update',
    ),
    ...faults(
      Object.keys(after)
        .filter((key) => !Object.hasOwn(before, key))
        .sort(),
      'add',
    ),
  ];
}

/** A deadline may be set and moved nearer, not taken away. */
function deadlineErrors(
  { activeDeadlineSeconds: after }: PodSpec,
  { activeDeadlineSeconds: before }: PodSpec,
): { readonly errors: FieldErrorList; readonly stop: boolean } {
  const path = spec.child('activeDeadlineSeconds');
  const fault = (value: unknown, detail: string, stop: boolean) => ({
    errors: [fieldError.invalid(path, value, detail)],
    stop,
  });
  if (after === undefined) {
    if (before === undefined) return { errors: [], stop: false };
    return fault(null, 'must not update from a positive integer to nil value', false);
  }
  if (after < 0 || after > 2147483647) return fault(after, 'must be between 0 and 2147483647, inclusive', true);
  if (before !== undefined && before < after) {
    return fault(after, 'must be less than or equal to previous value', true);
  }
  return { errors: [], stop: false };
}

/** Tolerations may come; of those that are there, only tolerationSeconds may change. */
function tolerationChangeErrors(pod: Pod, old: Pod): FieldErrorList {
  const path = spec.child('tolerations');
  const after = pod.spec.tolerations ?? [];
  const timeless = ({ tolerationSeconds: _, ...rest }: Toleration) => rest;
  const kept = (old.spec.tolerations ?? []).every((toleration) =>
    after.some((candidate) => sameValue(timeless(candidate), timeless(toleration))),
  );
  return kept
    ? tolerationErrors(pod, old)
    : [fieldError.forbidden(path, 'existing toleration can not be modified except its tolerationSeconds')];
}

/** Gates may only go. */
function gateChangeErrors(
  { schedulingGates: after = [] }: PodSpec,
  { schedulingGates: before = [] }: PodSpec,
): FieldErrorList {
  const known = new Set(before.map(({ name }) => name));
  return after.flatMap(({ name }, index) => {
    if (known.has(name)) return [];
    const detail = `only deletion is allowed, but found new scheduling gate '${name}'`;
    return [fieldError.forbidden(spec.child('schedulingGates').index(index).child('name'), detail)];
  });
}

/** The new spec with everything that may change as it was: what differs from the old spec then may not. */
function withoutChangeable(after: PodSpec, before: PodSpec): PodSpec {
  const rest: PodSpec = { ...after };
  for (const list of ['containers', 'initContainers'] as const) {
    const containers = after[list];
    if (!containers) continue;
    rest[list] = containers.map((container, index) => ({ ...container, image: before[list]?.[index]?.image ?? '' }));
  }
  restore(rest, before, 'activeDeadlineSeconds');
  restore(rest, before, 'schedulingGates');
  restore(rest, before, 'tolerations');
  if ((before.terminationGracePeriodSeconds ?? 0) < 0 && after.terminationGracePeriodSeconds === 1) {
    restore(rest, before, 'terminationGracePeriodSeconds');
  }
  return rest;
}

function restore<K extends keyof PodSpec>(into: PodSpec, from: PodSpec, name: K): void {
  if (from[name] === undefined) delete into[name];
  else into[name] = from[name];
}

/** While a pod waits to be scheduled, the choice of its node may be narrowed. What was looked at here is restored in `rest`. */
function settleGatedChanges(rest: PodSpec, before: PodSpec): FieldErrorList {
  const errors: FieldErrorList = [];
  const { nodeSelector = {} } = rest;
  const selectorKept = Object.entries(before.nodeSelector ?? {}).every(([key, value]) => nodeSelector[key] === value);
  if (!selectorKept) {
    const detail = 'only additions to spec.nodeSelector are allowed (no mutations or deletions)';
    errors.push(fieldError.invalid(spec.child('nodeSelector'), rest.nodeSelector ?? null, detail));
  }
  restore(rest, before, 'nodeSelector');

  const after = rest.affinity?.nodeAffinity;
  const nodeAffinity = before.affinity?.nodeAffinity;
  if (sameValue(after, nodeAffinity)) return errors;
  const key = 'requiredDuringSchedulingIgnoredDuringExecution';
  errors.push(...termErrors(after?.[key]?.nodeSelectorTerms ?? [], nodeAffinity?.[key]?.nodeSelectorTerms ?? []));
  const { nodeAffinity: _, ...others } = rest.affinity ?? {};
  const affinity = nodeAffinity === undefined ? others : { ...others, nodeAffinity };
  if (before.affinity === undefined && Object.keys(affinity).length === 0) delete rest.affinity;
  else rest.affinity = affinity;
  return errors;
}

function termErrors(after: readonly NodeSelectorTerm[], before: readonly NodeSelectorTerm[]): FieldErrorList {
  if (before.length === 0) return [];
  const path = spec.child(
    'affinity',
    'nodeAffinity',
    'requiredDuringSchedulingIgnoredDuringExecution',
    'nodeSelectorTerms',
  );
  if (after.length !== before.length) {
    const detail = 'no additions/deletions to non-empty NodeSelectorTerms list are allowed';
    return [fieldError.invalid(path, after, detail)];
  }
  return after.flatMap((term, index) =>
    onlyAdds(term, before[index]!)
      ? []
      : [
          fieldError.invalid(
            path.index(index),
            internalValue(coreV1('NodeSelectorTerm'), term),
            'only additions are allowed (no mutations or deletions)',
          ),
        ],
  );
}

/** An empty term matches no node, so adding to it would widen the choice. */
function onlyAdds(term: NodeSelectorTerm, before: NodeSelectorTerm): boolean {
  const lists = ['matchExpressions', 'matchFields'] as const;
  if (lists.every((list) => !before[list]?.length)) return lists.every((list) => !term[list]?.length);
  return lists.every((list) => {
    const old = before[list] ?? [];
    return sameValue((term[list] ?? []).slice(0, old.length), old);
  });
}
