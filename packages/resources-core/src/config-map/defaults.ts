import type { ConfigMap } from '@orlop/kubernetes-schema/core/v1';
import { type Defaults, defaults } from '@orlop/rest';

/** Nothing is filled in. */
export const configMapDefaults: Defaults<ConfigMap> = defaults(() => []);
