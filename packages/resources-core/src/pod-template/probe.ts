import { fieldError } from '@orlop/apimachinery';
import type { Probe } from '@orlop/kubernetes-schema/core/v1';
import {
  compute,
  defaults,
  field,
  nonNegative,
  type Rule,
  rule,
  rules,
  setDefault,
  union,
  within,
} from '@orlop/rest/rules';
import { execRules, grpcRules, handlerTexts, httpGetDefaults, httpGetRules, tcpSocketRules } from './handler.ts';

/** Zero is how Go sees an absent number, so a zero is filled in too. */
export const probeDefaults = defaults<Probe>((at) => [
  setDefault(at.timeoutSeconds, 1),
  setDefault(at.periodSeconds, 10),
  setDefault(at.successThreshold, 1),
  setDefault(at.failureThreshold, 3),
  within(at.httpGet, httpGetDefaults),
  compute(at.grpc.service, () => ''),
]);

const probeRules = rules<Probe>((at) => [
  union(
    [
      field(at.exec, execRules),
      field(at.httpGet, httpGetRules),
      field(at.tcpSocket, tcpSocketRules),
      field(at.grpc, grpcRules),
    ],
    handlerTexts,
  ),
  field(at.initialDelaySeconds, nonNegative),
  field(at.timeoutSeconds, nonNegative),
  field(at.periodSeconds, nonNegative),
  field(at.successThreshold, nonNegative),
  field(at.failureThreshold, nonNegative),
  field(
    at.terminationGracePeriodSeconds,
    rule('positive', (value, path) =>
      value <= 0 ? fieldError.invalid(path, value, 'must be greater than 0') : undefined,
    ),
  ),
]);

const one: Rule<number> = rule(
  'one',
  (value: number | undefined, path) => (value === 1 ? undefined : fieldError.invalid(path, value ?? 0, 'must be 1')),
  { absent: true },
);

const self: Rule<Probe> = probeRules;

/** Liveness and startup probes: one success is enough. */
export const restartingProbeRules = rules<Probe>((at) => [field(at, self), field(at.successThreshold, one)]);

/** Readiness probes: they never end a container. */
export const readinessProbeRules = rules<Probe>((at) => [
  field(at, self),
  field(
    at.terminationGracePeriodSeconds,
    rule('unset', (value, path) => fieldError.invalid(path, value, 'must not be set for readinessProbes')),
  ),
]);
