import type { ConfigMap } from '@orlop/kubernetes-schema/core/v1';
import type { Strategy } from '@orlop/rest';
import { validateConfigMap, validateConfigMapUpdate } from './validation.ts';

export const configMapStrategy: Strategy<ConfigMap> = {
  allowUnconditionalUpdate: true,
  validate: (_context, configMap) => validateConfigMap(configMap),
  validateUpdate: (_context, configMap, old) => validateConfigMapUpdate(configMap, old),
};
