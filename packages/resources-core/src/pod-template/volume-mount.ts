import { type FieldErrorList, type FieldPath, fieldError } from '@orlop/apimachinery';
import type { Container, EphemeralContainer, VolumeDevice, VolumeMount } from '@orlop/kubernetes-schema/core/v1';
import type { RuleContext, Verdict } from '@orlop/rest/rules';
import { descendingPath } from './local-path.ts';
import { podScope } from './pod-scope.ts';

type AnyContainer = Container | EphemeralContainer;

function add(errors: FieldErrorList, verdict: Verdict): void {
  if (verdict !== undefined) errors.push(...(Array.isArray(verdict) ? verdict : [verdict]));
}

/**
 * The mounts of a container. Paths of some members are those of the list, without a position: that is how clients know
 * them.
 */
export function volumeMounts(
  container: AnyContainer,
  path: FieldPath | undefined,
  context: RuleContext,
): FieldErrorList {
  const errors: FieldErrorList = [];
  const { volumes } = context.scope(podScope);
  // Of several devices of one name only the last counts.
  const devices = new Map((container.volumeDevices ?? []).map(({ name, devicePath }) => [name, devicePath]));
  const mounted = new Set<string>();
  const list = path!.child('volumeMounts');
  for (const [index, mount] of (container.volumeMounts ?? []).entries()) {
    const here = list.index(index);
    if (mount.name === '') errors.push(fieldError.required(here.child('name'), ''));
    if (!volumes.has(mount.name)) errors.push(fieldError.notFound(here.child('name'), mount.name));
    if (mount.mountPath === '') errors.push(fieldError.required(here.child('mountPath'), ''));
    if (mounted.has(mount.mountPath)) {
      errors.push(fieldError.invalid(here.child('mountPath'), mount.mountPath, 'must be unique'));
    }
    mounted.add(mount.mountPath);
    if (devices.has(mount.name)) {
      errors.push(fieldError.invalid(here.child('name'), mount.name, 'must not already exist in volumeDevices'));
    }
    if ([...devices.values()].includes(mount.mountPath)) {
      const detail = 'must not already exist as a path in volumeDevices';
      errors.push(fieldError.invalid(here.child('mountPath'), mount.mountPath, detail));
    }
    const { subPath = '', subPathExpr = '' } = mount;
    if (subPath !== '') add(errors, descendingPath.check(subPath, list.child('subPath'), context));
    if (subPathExpr !== '') {
      if (subPath !== '') {
        const detail = 'subPathExpr and subPath are mutually exclusive';
        errors.push(fieldError.invalid(here.child('subPathExpr'), subPathExpr, detail));
      }
      add(errors, descendingPath.check(subPathExpr, list.child('subPathExpr'), context));
    }
    errors.push(...mountPropagation(mount, container, list.child('mountPropagation')));
    errors.push(...recursiveReadOnly(mount, list.child('recursiveReadOnly')));
  }
  return errors;
}

const propagations = ['Bidirectional', 'HostToContainer', 'None'];

function mountPropagation(
  { mountPropagation: mode }: VolumeMount,
  container: AnyContainer,
  path: FieldPath,
): FieldErrorList {
  if (mode === undefined) return [];
  if (!propagations.includes(mode)) return [fieldError.notSupported(path, mode, propagations)];
  if (mode !== 'Bidirectional' || container.securityContext?.privileged === true) return [];
  return [fieldError.forbidden(path, 'Bidirectional mount propagation is available only to privileged containers')];
}

const recursions = ['Disabled', 'Enabled', 'IfPossible'];

function recursiveReadOnly(mount: VolumeMount, path: FieldPath): FieldErrorList {
  const mode = mount.recursiveReadOnly;
  if (mode === undefined || mode === 'Disabled') return [];
  if (!recursions.includes(mode)) return [fieldError.notSupported(path, mode, recursions)];
  const errors: FieldErrorList = [];
  if (mount.readOnly !== true) errors.push(fieldError.forbidden(path, 'may only be specified when readOnly is true'));
  if (mount.mountPropagation !== undefined && mount.mountPropagation !== 'None') {
    errors.push(fieldError.forbidden(path, 'may only be specified when mountPropagation is None or not specified'));
  }
  return errors;
}

/** Block devices of a container. They need a claim behind them. */
export function volumeDevices(
  container: AnyContainer,
  path: FieldPath | undefined,
  context: RuleContext,
): FieldErrorList {
  const errors: FieldErrorList = [];
  const { volumes } = context.scope(podScope);
  const mounts = new Map((container.volumeMounts ?? []).map(({ name, mountPath }) => [name, mountPath]));
  const names = new Set<string>();
  const paths = new Set<string>();
  const invalid = (device: VolumeDevice, member: 'name' | 'devicePath', at: FieldPath, detail: string) =>
    errors.push(fieldError.invalid(at.child(member), device[member], detail));
  for (const [index, device] of (container.volumeDevices ?? []).entries()) {
    const here = path!.child('volumeDevices').index(index);
    const volume = volumes.get(device.name);
    if (device.name === '') errors.push(fieldError.required(here.child('name'), ''));
    if (names.has(device.name)) invalid(device, 'name', here, 'must be unique');
    if (volume === undefined) errors.push(fieldError.notFound(here.child('name'), device.name));
    else if (volume.persistentVolumeClaim === undefined && volume.ephemeral === undefined) {
      invalid(
        device,
        'name',
        here,
        'can only use volume source type of PersistentVolumeClaim or Ephemeral for block mode',
      );
    }
    if (device.devicePath === '') errors.push(fieldError.required(here.child('devicePath'), ''));
    if (paths.has(device.devicePath)) invalid(device, 'devicePath', here, 'must be unique');
    if (device.devicePath.split('/').includes('..')) {
      invalid(device, 'devicePath', here, "can not contain backsteps ('..')");
    } else paths.add(device.devicePath);
    if (mounts.has(device.name)) {
      invalid(device, 'name', here, 'must not already exist in volumeMounts');
    }
    if ([...mounts.values()].includes(device.devicePath)) {
      invalid(device, 'devicePath', here, 'must not already exist as a path in volumeMounts');
    }
    if (device.name !== '') names.add(device.name);
  }
  return errors;
}
