import { isConfigMapKey, isRelaxedEnvVarName, isValidPortName } from '@orlop/apimachinery';
import { type Rule, textRule } from '@orlop/rest/rules';

/** Formats of texts inside pods, as rules. */

export const portName: Rule<string> = textRule('portName', isValidPortName);

/** Printable ASCII without `=`. */
export const envVarName: Rule<string> = textRule('envVarName', isRelaxedEnvVarName);

/** Keys of ConfigMaps and Secrets. */
export const configMapKey: Rule<string> = textRule('configMapKey', isConfigMapKey);
