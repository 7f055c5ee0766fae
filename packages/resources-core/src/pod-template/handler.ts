import { type FieldErrorList, fieldError, isHTTPHeaderName } from '@orlop/apimachinery';
import type {
  ExecAction,
  GRPCAction,
  HTTPGetAction,
  Lifecycle,
  LifecycleHandler,
  SleepAction,
  TCPSocketAction,
} from '@orlop/kubernetes-schema/core/v1';
import {
  check,
  defaults,
  field,
  portNumber,
  type Rule,
  required,
  rule,
  rules,
  setDefault,
  supported,
  union,
  within,
} from '@orlop/rest/rules';
import { podScope } from './pod-scope.ts';
import { portName } from './text-formats.ts';

/** What a probe or a lifecycle hook does. */

export const httpGetDefaults = defaults<HTTPGetAction>((at) => [
  setDefault(at.path, '/'),
  setDefault(at.scheme, 'HTTP'),
]);

/** A port by number or by name. */
const portNumberOrName: Rule<number | string> = rule('portNumberOrName', (port, path, context) =>
  typeof port === 'number' ? portNumber.check(port, path, context) : portName.check(port, path, context),
);

export const execRules = rules<ExecAction>((at) => [field(at.command, required)]);

export const httpGetRules = rules<HTTPGetAction>((at) => [
  field(at.path, required),
  field(at.port, portNumberOrName),
  field(at.scheme, supported('HTTP', 'HTTPS')),
  check(function headerNames({ httpHeaders }, path) {
    const errors: FieldErrorList = [];
    for (const { name } of httpHeaders ?? []) {
      for (const detail of isHTTPHeaderName(name)) {
        errors.push(fieldError.invalid(path!.child('httpHeaders'), name, detail));
      }
    }
    return errors;
  }),
]);

export const tcpSocketRules = rules<TCPSocketAction>((at) => [field(at.port, portNumberOrName)]);

export const grpcRules = rules<GRPCAction>((at) => [field(at.port, portNumber)]);

/** A pause must end before the grace period does. */
export const sleepRule: Rule<SleepAction> = rule('sleep', ({ seconds }, path, context) => {
  const grace = context.scope(podScope).spec.terminationGracePeriodSeconds;
  if (grace === undefined || (seconds >= 0 && seconds <= grace)) return undefined;
  const detail = `must be non-negative and less than terminationGracePeriodSeconds (${grace})`;
  return fieldError.invalid(path, seconds, detail);
});

export const handlerTexts = {
  excess: 'may not specify more than 1 handler type',
  none: 'must specify a handler type',
} as const;

const lifecycleHandlerRules = rules<LifecycleHandler>((at) => [
  union(
    [
      field(at.exec, execRules),
      field(at.httpGet, httpGetRules),
      field(at.tcpSocket, tcpSocketRules),
      field(at.sleep, sleepRule),
    ],
    handlerTexts,
  ),
]);

export const lifecycleDefaults = defaults<Lifecycle>((at) => [
  within(at.postStart.httpGet, httpGetDefaults),
  within(at.preStop.httpGet, httpGetDefaults),
]);

const windowsSignals = ['SIGKILL', 'SIGTERM'];

const linuxSignals: readonly string[] = [
  ...['SIGABRT', 'SIGALRM', 'SIGBUS', 'SIGCHLD', 'SIGCLD', 'SIGCONT', 'SIGFPE', 'SIGHUP', 'SIGILL', 'SIGINT', 'SIGIO'],
  ...['SIGIOT', 'SIGKILL', 'SIGPIPE', 'SIGPOLL', 'SIGPROF', 'SIGPWR', 'SIGQUIT', 'SIGSEGV', 'SIGSTKFLT', 'SIGSTOP'],
  ...['SIGSYS', 'SIGTERM', 'SIGTRAP', 'SIGTSTP', 'SIGTTIN', 'SIGTTOU', 'SIGURG', 'SIGUSR1', 'SIGUSR2', 'SIGVTALRM'],
  ...['SIGWINCH', 'SIGXCPU', 'SIGXFSZ', 'SIGRTMIN', 'SIGRTMAX'],
  ...Array.from({ length: 15 }, (_, index) => `SIGRTMIN+${index + 1}`),
  ...Array.from({ length: 14 }, (_, index) => `SIGRTMAX-${index + 1}`),
].sort();

const stopSignal: Rule<string> = rule('stopSignal', (signal, path, context) => {
  const os = context.scope(podScope).spec.os?.name;
  if (os === undefined) return fieldError.forbidden(path, 'may not be set for containers with empty `spec.os.name`');
  const signals = os === 'windows' ? windowsSignals : os === 'linux' ? linuxSignals : undefined;
  return signals === undefined || signals.includes(signal) ? undefined : fieldError.notSupported(path, signal, signals);
});

export const lifecycleRules = rules<Lifecycle>((at) => [
  field(at.postStart, lifecycleHandlerRules),
  field(at.preStop, lifecycleHandlerRules),
  field(at.stopSignal, stopSignal),
]);
