import { type FieldErrorList, type FieldPath, fieldError } from '@orlop/apimachinery';
import type { PodSpec } from '@orlop/kubernetes-schema/core/v1';
import { below, gateOpen, type RuleContext } from '@orlop/rest/rules';
import { compareQuantity, wasSentEmpty } from '@orlop/schema';
import { podScope } from './pod-scope.ts';
import { addQuantities } from './quantity-arithmetic.ts';
import { isHugePages } from './resource-names.ts';
import { podResources } from './resources.ts';

type Which = 'requests' | 'limits';

/** What the containers of a pod need together: the sum of those that run side by side, or what one init container needs before. */
export function together(spec: PodSpec, which: Which): Map<string, string> {
  const running = new Map<string, string>();
  const peak = new Map<string, string>();
  const add = (into: Map<string, string>, name: string, quantity: string) =>
    into.set(name, into.has(name) ? addQuantities(into.get(name)!, quantity) : quantity);
  for (const { resources } of spec.containers ?? []) {
    for (const [name, quantity] of Object.entries(resources[which] ?? {})) add(running, name, quantity);
  }
  const sidecars = new Map<string, string>();
  for (const { resources, restartPolicy } of spec.initContainers ?? []) {
    const own = Object.entries(resources[which] ?? {});
    if (restartPolicy === 'Always') for (const [name, quantity] of own) add(sidecars, name, quantity);
    // While an init container runs, the sidecars before it run as well.
    const during = new Map(sidecars);
    if (restartPolicy !== 'Always') for (const [name, quantity] of own) add(during, name, quantity);
    for (const [name, quantity] of during) {
      if (!peak.has(name) || compareQuantity(quantity, peak.get(name)!) > 0) peak.set(name, quantity);
    }
  }
  for (const [name, quantity] of sidecars) add(running, name, quantity);
  for (const [name, quantity] of peak) {
    if (!running.has(name) || compareQuantity(quantity, running.get(name)!) > 0) running.set(name, quantity);
  }
  return running;
}

const byName = (quantities: Map<string, string>) => [...quantities].sort(([a], [b]) => (a < b ? -1 : 1));

/** Resources of the pod as a whole: well-formed, and enough for its containers. */
export function podLevelResources(spec: PodSpec, path: FieldPath | undefined, context: RuleContext): FieldErrorList {
  const { resources } = spec;
  if (resources === undefined || !gateOpen(context.gates, 'PodLevelResources')) return [];
  const here = below(path, 'resources');
  if (spec.os?.name === 'windows') return [fieldError.forbidden(here, 'may not be set for a windows pod')];
  const errors: FieldErrorList = [];
  if (resources.claims !== undefined || wasSentEmpty(resources, 'claims')) {
    errors.push(fieldError.forbidden(here.child('claims'), 'claims may not be set for Resources at pod-level'));
  }
  errors.push(...podResources(resources, context.scope(podScope).claimNames, here));
  for (const [name, needed] of byName(together(spec, 'requests'))) {
    const given = resources.requests?.[name];
    if (given !== undefined && compareQuantity(needed, given) > 0) {
      const detail = `must be greater than or equal to aggregate container requests of ${needed}`;
      errors.push(fieldError.invalid(here.child('requests').key(name), given, detail));
    }
  }
  for (const [name, needed] of byName(together(spec, 'limits'))) {
    const given = resources.limits?.[name];
    if (isHugePages(name) && given !== undefined && compareQuantity(needed, given) > 0) {
      const detail = `must be greater than or equal to aggregate container limits of ${needed}`;
      errors.push(fieldError.invalid(here.child('limits').key(name), given, detail));
    }
  }
  for (const [index, container] of (spec.containers ?? []).entries()) {
    for (const name of Object.keys(container.resources.limits ?? {}).sort()) {
      const limit = container.resources.limits![name]!;
      const given = resources.limits?.[name];
      if (given !== undefined && compareQuantity(limit, given) > 0) {
        const at = here.child('containers').index(index).key(name).child('limits');
        errors.push(fieldError.invalid(at, limit, `must be less than or equal to pod limits of ${given}`));
      }
    }
  }
  return errors;
}
