import type { EphemeralContainer, Pod } from '@orlop/kubernetes-schema/core/v1';
import { expect, test } from 'vitest';
import { ephemeralContainersStrategy } from '../src/pod/ephemeral-containers.ts';
import { pod } from '../src/pod/index.ts';
import { unifiedDifference } from '../src/pod/unified-difference.ts';
import { stored, updated } from './support/write.ts';

const fresh = () => stored(pod, { spec: { containers: [{ name: 'c', image: 'i' }] } });
const change = (old: Pod, apply: (object: Pod) => void) => updated(pod, old, apply, ephemeralContainersStrategy);
const put = (old: Pod, ...containers: Partial<EphemeralContainer>[]) =>
  change(old, ({ spec }) => {
    spec.ephemeralContainers = containers as EphemeralContainer[];
  });

test('containers come, with defaults, as a generation; nothing else changes', () => {
  const { object, errors } = change(fresh(), (object) => {
    object.metadata.labels = { a: 'b' };
    object.spec.containers![0]!.image = 'other';
    object.status.phase = 'Failed';
    object.spec.ephemeralContainers = [{ name: 'debug', image: 'busybox', targetContainerName: 'c', resources: {} }];
  });
  expect(errors).toEqual([]);
  expect(object.metadata).toMatchObject({ generation: 2 });
  expect(object.metadata.labels).toBeUndefined();
  expect(object.spec.containers![0]!.image).toBe('i');
  expect(object.status.phase).toBe('Pending');
  expect(object.spec.ephemeralContainers).toMatchObject([{ name: 'debug', imagePullPolicy: 'Always' }]);
});

test('a change of anything else alone is no change', () => {
  const { object } = change(fresh(), ({ spec }) => Object.assign(spec, { nodeName: 'n' }));
  expect(object).toEqual(fresh());
});

test('what is there stays as it is', () => {
  const { object: old } = put(fresh(), { name: 'd', image: 'x', env: [{ name: 'A', value: '<b>' }] });
  const [d] = old.spec.ephemeralContainers!;
  expect(put(old, { name: 'e', image: 'y' }, d!).errors).toEqual([]);
  expect(put(old).errors).toEqual([
    'spec.ephemeralContainers: Forbidden: existing ephemeral containers "d" may not be removed\n',
  ]);
  const { errors } = put(old, { ...d!, image: 'y', env: [{ name: 'A', value: '<c>' }], tty: true });
  expect(errors).toEqual([
    `spec.ephemeralContainers: Forbidden: existing ephemeral containers "d" may not be changed
@@ -1,6 +1,6 @@
 {
  "Name": "d",
- "Image": "x",
+ "Image": "y",
  "Command": null,
  "Args": null,
  "WorkingDir": "",
@@ -9,7 +9,7 @@
  "Env": [
   {
    "Name": "A",
-   "Value": "\\u003cb\\u003e",
+   "Value": "\\u003cc\\u003e",
    "ValueFrom": null
   }
  ],
@@ -33,6 +33,6 @@
  "SecurityContext": null,
  "Stdin": false,
  "StdinOnce": false,
- "TTY": false,
+ "TTY": true,
  "TargetContainerName": ""
 }
`,
  ]);
});

test.each([
  [{ name: 'c', image: 'i' }, 'spec.ephemeralContainers[0].name: Duplicate value: "c"'],
  [
    { name: 'd', image: 'i', targetContainerName: 'no' },
    'spec.ephemeralContainers[0].targetContainerName: Not found: "no"',
  ],
])('refused: %j', (container, error) => {
  expect(put(fresh(), container).errors).toEqual([error]);
});

test('mirrors of static pods take none', () => {
  const old = fresh();
  old.metadata.annotations = { 'kubernetes.io/config.mirror': 'x' };
  old.spec.nodeName = 'n';
  expect(put(old, { name: 'd', image: 'i' }).errors).toEqual([
    '[]: Forbidden: static pods do not support ephemeral containers',
  ]);
});

test.each([
  ['a\nb', 'a\nb', ''],
  ['a', 'b', '@@ -1 +1 @@\n-a\n+b\n'],
  ['a\nb', 'b', '@@ -1,2 +1 @@\n-a\n b\n'],
  ['a\n1\n2\n3\n4\n5\n6\nb', 'A\n1\n2\n3\n4\n5\n6\nB', '@@ -1,8 +1,8 @@\n-a\n+A\n 1\n 2\n 3\n 4\n 5\n 6\n-b\n+B\n'],
  [
    'a\n1\n2\n3\n4\n5\n6\n7\nb',
    '1\n2\n3\n4\n5\n6\n7\nb\nc',
    '@@ -1,4 +1,3 @@\n-a\n 1\n 2\n 3\n@@ -7,3 +6,4 @@\n 6\n 7\n b\n+c\n',
  ],
])('difference of %j and %j', (before, after, expected) => {
  expect(unifiedDifference(before, after)).toBe(expected);
});
