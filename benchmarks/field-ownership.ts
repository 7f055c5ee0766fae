/**
 * What field ownership costs a write of a 5 KB Pod, beside reading the body, which every PUT has to do anyway. Goal: an
 * update pays at most 60 µs.
 *
 *   node --import ./tools/run-from-source/register.mjs benchmarks/field-ownership.ts
 */
import { type KubernetesObject, systemRuntime } from '@orlop/apimachinery';
import { coreV1 } from '@orlop/kubernetes-schema/core/v1';
import { createFieldManager } from '@orlop/registry';
import { core } from '@orlop/resources-core';
import { decodeJson, encode } from '@orlop/schema';

const type = coreV1('Pod');
const body = await core.find(({ plural }) => plural === 'pods')!.load();
const complete = (object: KubernetesObject): void => {
  body.defaults?.(object as never);
  body.normalize?.(object as never);
};
const read = (text: string): KubernetesObject => {
  const object = decodeJson(type, text).value as KubernetesObject;
  complete(object);
  return object;
};

const container = (name: string) => ({
  name,
  image: 'nginx:1.27',
  env: Array.from({ length: 8 }, (_, i) => ({ name: `VARIABLE_${i}`, value: `value number ${i}` })),
  ports: [{ containerPort: 80 }, { containerPort: 443 }],
  volumeMounts: [
    { name: 'first', mountPath: '/a' },
    { name: 'second', mountPath: '/b' },
  ],
  resources: { requests: { cpu: '1', memory: '1Gi' } },
  livenessProbe: { httpGet: { path: '/', port: 80 } },
});
const pod = {
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: 'p', namespace: 'd', labels: { a: '1', b: '2' }, annotations: { x: 'y' } },
  spec: {
    containers: [container('one'), container('two')],
    volumes: [
      { name: 'first', emptyDir: {} },
      { name: 'second', emptyDir: {} },
    ],
  },
};

const kind = { group: '', version: 'v1', kind: 'Pod' };
const endpoint = { kind, type, subresource: '', resetFields: ['status'], complete };
const fields = createFieldManager(endpoint, systemRuntime());
const kept = (object: KubernetesObject) => ({ ...object, metadata: { ...object.metadata, uid: 'u' } });

const live = kept(fields.update(undefined, read(JSON.stringify(pod)), 'kubectl'));
const text = encode(type, live);
const labelled = Array.from({ length: 200 }, (_, i) => {
  const next = read(text);
  next.metadata.labels!['a'] = String(i);
  return next;
});
const applied = kept(fields.apply(undefined, structuredClone(pod), 'm', false));
const changed = { ...pod, metadata: { ...pod.metadata, labels: { a: 'z' } } };

function measure(name: string, once: (i: number) => void): void {
  const rounds = 5000;
  for (let i = 0; i < rounds; i++) once(i);
  const started = process.hrtime.bigint();
  for (let i = 0; i < rounds; i++) once(i);
  console.log(`${name.padEnd(40)} ${(Number(process.hrtime.bigint() - started) / rounds / 1000).toFixed(1)} µs`);
}

console.log(`a Pod of ${text.length} bytes`);
measure('reading it (for comparison)', () => void read(text));
measure('PUT that changes a label', (i) => void fields.update(live, labelled[i % labelled.length]!, 'kubectl'));
measure('patch of a label, sharing the rest', (i) => {
  const labels = { ...live.metadata.labels, a: String(i) };
  fields.update(live, { ...live, metadata: { ...live.metadata, labels } }, 'kubectl');
});
measure('create', (i) => void fields.update(undefined, labelled[i % labelled.length]!, 'kubectl'));
measure('apply without a change', () => void fields.apply(applied, pod, 'm', false));
measure('apply that changes labels', () => void fields.apply(applied, changed, 'm', false));
