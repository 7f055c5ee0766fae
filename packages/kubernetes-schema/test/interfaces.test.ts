import type { KubernetesObject, ObjectMeta } from '@orlop/apimachinery';
import { expectTypeOf, test } from 'vitest';
import type { Deployment, DeploymentList, DeploymentSpec } from '../src/generated/apps/v1.ts';
import type { Container, EnvVar, Pod, Secret, ServicePort } from '../src/generated/core/v1.ts';
import type { LabelSelector } from '../src/generated/meta/v1.ts';

test('interfaces describe canonical values', () => {
  expectTypeOf<Deployment>().toExtend<KubernetesObject>();
  expectTypeOf<Pod['metadata']>().toEqualTypeOf<ObjectMeta>();
  expectTypeOf<DeploymentSpec['replicas']>().toEqualTypeOf<number | undefined>();
  expectTypeOf<DeploymentSpec['selector']>().toEqualTypeOf<LabelSelector | null>();
  expectTypeOf<DeploymentList['items']>().toEqualTypeOf<Deployment[] | null>();
  expectTypeOf<Container['name']>().toEqualTypeOf<string>();
  expectTypeOf<Container['env']>().toEqualTypeOf<EnvVar[] | undefined>();
  expectTypeOf<ServicePort['targetPort']>().toEqualTypeOf<number | string>();
  expectTypeOf<Secret['data']>().toEqualTypeOf<Record<string, string> | undefined>();
});
