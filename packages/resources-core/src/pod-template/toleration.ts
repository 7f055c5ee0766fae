import { type FieldErrorList, fieldError, isValidLabelValue } from '@orlop/apimachinery';
import type { Toleration } from '@orlop/kubernetes-schema/core/v1';
import { check, field, gateOpen, qualifiedName, type RuleContext, rules, supported } from '@orlop/rest/rules';
import { podScope } from './pod-scope.ts';

const compares = ({ operator }: Toleration) => operator === 'Lt' || operator === 'Gt';

function mayCompare(context: RuleContext): boolean {
  if (gateOpen(context.gates, 'TaintTolerationComparisonOperators')) return true;
  return (context.scope(podScope).old?.tolerations ?? []).some(compares);
}

const int64 = { least: -(2n ** 63n), greatest: 2n ** 63n - 1n } as const;

/** What is wrong with a number to compare taints with. */
function decimalComplaints(value: string): readonly string[] {
  const complaints: string[] = [];
  if (value === '') complaints.push('must be non-empty');
  else if (!/^(0|-?[1-9][0-9]*)$/.test(value)) {
    complaints.push('must be a valid decimal integer in canonical form');
  }
  const shown = JSON.stringify(value);
  if (!/^[+-]?[0-9]+$/.test(value)) complaints.push(`strconv.ParseInt: parsing ${shown}: invalid syntax`);
  else if (BigInt(value) < int64.least || BigInt(value) > int64.greatest) {
    complaints.push(`strconv.ParseInt: parsing ${shown}: value out of range`);
  }
  return complaints;
}

export const tolerationRules = rules<Toleration>((at) => [
  field(at.key, qualifiedName),
  check(function wholeTaint({ key = '', operator = '', tolerationSeconds, effect = '' }, path) {
    const errors: FieldErrorList = [];
    if (key === '' && operator !== 'Exists') {
      const detail = 'operator must be Exists when `key` is empty, which means "match all values and all keys"';
      errors.push(fieldError.invalid(path!.child('operator'), operator, detail));
    }
    if (tolerationSeconds !== undefined && effect !== 'NoExecute') {
      const detail = "effect must be 'NoExecute' when `tolerationSeconds` is set";
      errors.push(fieldError.invalid(path!.child('effect'), effect, detail));
    }
    return errors;
  }),
  check(function operatorAndValue({ operator = '', value = '' }, path, context) {
    const here = path!.child('operator');
    switch (operator) {
      case '':
      case 'Equal': {
        const complaints = isValidLabelValue(value);
        return complaints.length === 0 ? undefined : fieldError.invalid(here, value, complaints.join(';'));
      }
      case 'Exists':
        return value === ''
          ? undefined
          : fieldError.invalid(here, value, "value must be empty when `operator` is 'Exists'");
      case 'Lt':
      case 'Gt':
        if (!mayCompare(context)) return fieldError.notSupported(here, operator, ['Equal', 'Exists', 'Lt', 'Gt']);
        return decimalComplaints(value).map((detail) => fieldError.invalid(path!.child('value'), value, detail));
      default:
        return fieldError.notSupported(here, operator, ['Equal', 'Exists']);
    }
  }),
  field(at.effect, supported('NoSchedule', 'PreferNoSchedule', 'NoExecute')),
]);
