import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { decodeJson, encode, type FieldNode, goTypeName, type StructNode, type TypeNode } from '@orlop/schema';
import { expect, test } from 'vitest';
import type { PackageTypes } from '../src/index.ts';

const directory = join(import.meta.dirname, '../src/generated');
const paths = readdirSync(directory).flatMap((group) =>
  readdirSync(join(directory, group)).map((file) => `${group}/${file.replace(/\.ts$/, '')}`),
);

async function load(path: string): Promise<{ inputHash: string; types: PackageTypes }> {
  const file = join(directory, `${path}.ts`);
  const module = await import(/* @vite-ignore */ file);
  const lookup = path.replace(/\W(.)/g, (_, letter: string) => letter.toUpperCase());
  return { inputHash: module.inputHash, types: module[lookup] };
}

function fieldsOf(types: PackageTypes, name: string): ReadonlyMap<string, FieldNode> {
  return (types(name) as StructNode).byName;
}

/** A field in one line: presence, pointer, Go type. */
function described(field: FieldNode | undefined): string {
  if (field === undefined) return 'missing';
  return `${field.presence} ${field.pointer ? '*' : ''}${goTypeName(field.type)}`;
}

const { types: core } = await load('core/v1');
const { types: apps } = await load('apps/v1');
const { types: meta } = await load('meta/v1');
const { types: autoscaling } = await load('autoscaling/v1');

test.each(paths)('%s: every type compiles to its last field, and the header names the input', async (path) => {
  const { inputHash, types } = await load(path);
  const text = readFileSync(join(directory, `${path}.ts`), 'utf8');
  expect(inputHash).toMatch(/^[0-9a-f]{64}$/);
  expect(text.split('\n')[1]).toBe(`// input sha256: ${inputHash}`);
  expect(types.names.length).toBeGreaterThan(0);
  const seen = new Set<TypeNode>();
  const walk = (type: TypeNode): void => {
    if (seen.has(type)) return;
    seen.add(type);
    if (type.kind === 'struct') for (const field of type.fields) walk(field.type);
    if (type.kind === 'list') walk(type.items);
    if (type.kind === 'map') walk(type.values);
  };
  for (const name of types.names) walk(types(name));
});

test('all modules were made from the same facts', async () => {
  const hashes = await Promise.all(paths.map(async (path) => (await load(path)).inputHash));
  expect(new Set(hashes).size).toBe(1);
});

test('a type is one node from wherever it is reached', () => {
  const template = fieldsOf(apps, 'DeploymentSpec').get('template')!.type;
  expect(template).toBe(core('PodTemplateSpec'));
  expect(template).toBe(core('PodTemplateSpec'));
  expect(() => core('Nothing')).toThrow('no type io.k8s.api.core.v1.Nothing');
});

test('presence and pointers', () => {
  const deployment = fieldsOf(apps, 'DeploymentSpec');
  expect([...deployment].map(([name, field]) => `${name}: ${described(field)}`)).toEqual([
    'replicas: omitempty *int32',
    'selector: always *v1.LabelSelector',
    'template: always v1.PodTemplateSpec',
    'strategy: always v1.DeploymentStrategy',
    'minReadySeconds: omitempty int32',
    'revisionHistoryLimit: omitempty *int32',
    'paused: omitempty bool',
    'progressDeadlineSeconds: omitempty *int32',
  ]);
  expect(described(fieldsOf(meta, 'ObjectMeta').get('creationTimestamp'))).toBe('omitzero v1.Time');
  expect(described(fieldsOf(core, 'ServicePort').get('targetPort'))).toBe('always intstr.IntOrString');
  expect(described(fieldsOf(apps, 'StatefulSetSpec').get('serviceName'))).toBe('always string');
  expect(described(fieldsOf(apps, 'ControllerRevision').get('data'))).toBe('always interface {}');
  expect(described(fieldsOf(autoscaling, 'ScaleStatus').get('selector'))).toBe('omitempty string');
});

test('Go names', () => {
  expect(described(fieldsOf(core, 'ContainerPort').get('protocol'))).toBe('omitempty v1.Protocol');
  expect(described(fieldsOf(core, 'NamespaceSpec').get('finalizers'))).toBe('omitempty []v1.FinalizerName');
  expect(described(fieldsOf(core, 'ResourceRequirements').get('limits'))).toBe('omitempty v1.ResourceList');
  expect(described(fieldsOf(meta, 'Preconditions').get('uid'))).toBe('omitempty *types.UID');
  expect(fieldsOf(core, 'PodStatus').get('podIP')!.goName).toBe('PodIP');
  expect(fieldsOf(core, 'PodStatus').get('podIPs')!.goName).toBe('PodIPs');
  expect(fieldsOf(core, 'Pod').get('metadata')!.goName).toBe('ObjectMeta');
});

test('embedded structs stand in the place of their field', () => {
  const volume = [...fieldsOf(core, 'Volume').values()];
  expect(volume.slice(0, 3).map((field) => [field.name, field.embedded])).toEqual([
    ['name', ''],
    ['hostPath', 'VolumeSource'],
    ['emptyDir', 'VolumeSource'],
  ]);
  expect([...fieldsOf(core, 'Probe').keys()].slice(0, 5)).toEqual([
    'exec',
    'httpGet',
    'tcpSocket',
    'grpc',
    'initialDelaySeconds',
  ]);
  expect([...fieldsOf(apps, 'Deployment').keys()]).toEqual(['kind', 'apiVersion', 'metadata', 'spec', 'status']);
});

test('lists, merge keys, defaults', () => {
  const pod = fieldsOf(core, 'PodSpec');
  const containers = pod.get('containers')!;
  expect(containers.type).toMatchObject({ kind: 'list', listType: 'map', keys: ['name'] });
  expect(containers.patch).toEqual({ merge: true, retainKeys: false, replace: false, mergeKey: 'name' });
  expect(pod.get('volumes')!.patch).toEqual({ merge: true, retainKeys: true, replace: false, mergeKey: 'name' });
  expect(fieldsOf(core, 'Container').get('ports')!.type).toMatchObject({
    listType: 'map',
    keys: ['containerPort', 'protocol'],
  });
  expect(fieldsOf(core, 'Container').get('ports')!.patch.mergeKey).toBe('containerPort');
  expect(fieldsOf(apps, 'DeploymentSpec').get('strategy')!.patch.retainKeys).toBe(true);
  expect(pod.get('nodeSelector')!.type).toMatchObject({ kind: 'map', mapType: 'atomic' });
  expect(meta('LabelSelector')).toMatchObject({ mapType: 'atomic' });
  expect(fieldsOf(core, 'ContainerPort').get('protocol')!.default).toBe('TCP');
  // A default of {} on a struct or "" on a string is OpenAPI's way to write Go's zero, not a default.
  expect(pod.get('securityContext')!.default).toBeUndefined();
  expect(fieldsOf(core, 'Container').get('name')!.default).toBeUndefined();
  expect(pod.get('containers')!.required).toBe(true);
  expect(pod.get('restartPolicy')!.type).toMatchObject({ enum: ['Always', 'Never', 'OnFailure'] });
});

test('the smallest objects, as the API server writes them', () => {
  const written = (type: TypeNode) => encode(type, decodeJson(type, '{}').value);
  expect(written(apps('Deployment'))).toBe(
    '{"metadata":{},"spec":{"selector":null,"template":{"metadata":{},"spec":{"containers":null}},"strategy":{}},"status":{}}',
  );
  expect(written(core('Pod'))).toBe('{"metadata":{},"spec":{"containers":null},"status":{}}');
  expect(written(core('Service'))).toBe('{"metadata":{},"spec":{},"status":{"loadBalancer":{}}}');
  expect(written(core('Event'))).toBe(
    '{"metadata":{},"involvedObject":{},"source":{},"firstTimestamp":null,"lastTimestamp":null,"eventTime":null,"reportingComponent":"","reportingInstance":""}',
  );
  expect(written(apps('ControllerRevision'))).toBe('{"metadata":{},"data":null,"revision":0}');
  expect(written(autoscaling('Scale'))).toBe('{"metadata":{},"spec":{},"status":{"replicas":0}}');
});

test('decode errors name types as Go does', () => {
  const deployment = (spec: string) => () => decodeJson(apps('Deployment'), `{"spec":${spec}}`);
  const pod = (spec: string) => deployment(`{"template":{"spec":${spec}}}`);
  expect(deployment('{"selector":"x"}')).toThrow(
    'json: cannot unmarshal string into Go struct field DeploymentSpec.spec.selector of type v1.LabelSelector',
  );
  expect(pod('{"containers":[{"ports":[{"containerPort":"80"}]}]}')).toThrow(
    'json: cannot unmarshal string into Go struct field ContainerPort.spec.template.spec.containers.ports.containerPort of type int32',
  );
  expect(pod('{"containers":{}}')).toThrow(
    'json: cannot unmarshal object into Go struct field PodSpec.spec.template.spec.containers of type []v1.Container',
  );
  expect(pod('{"volumes":[{"emptyDir":"x"}]}')).toThrow(
    'json: cannot unmarshal string into Go struct field Volume.spec.template.spec.volumes.VolumeSource.emptyDir of type v1.EmptyDirVolumeSource',
  );
  expect(() => decodeJson(meta('DeleteOptions'), '{"preconditions":{"uid":5}}')).toThrow(
    'json: cannot unmarshal number into Go struct field Preconditions.preconditions.uid of type types.UID',
  );
});
