import type { Descriptions } from '../descriptions.ts';

/** Probes and lifecycle hooks, and the actions they take. */
export const probeDescriptions: Descriptions = {
  ExecAction: {
    '': 'Runs a program in the container. Exit code 0 means success.',
    command: 'The program and its arguments. It starts in the root directory, without a shell.',
  },
  GRPCAction: {
    '': 'Asks the gRPC health service of the container.',
    port: 'Port of the service, from 1 to 65535.',
    service: 'Name of the service to ask for. The default is empty: the server as a whole.',
  },
  HTTPGetAction: {
    '': 'Makes a GET request. A code from 200 to 399 means success.',
    path: 'Path of the request. The default is /.',
    port: 'Port, from 1 to 65535, or the name of a port of the container.',
    host: 'Host to connect to. The default is the address of the pod; for another name it is better to set the Host header.',
    scheme: 'HTTP or HTTPS, without a check of the certificate. The default is HTTP.',
    httpHeaders: 'Headers of the request. A header may occur more than once.',
  },
  HTTPHeader: {
    '': 'A header of a request.',
    name: 'Name of the header, in any case.',
    value: 'Value of the header.',
  },
  Lifecycle: {
    '': 'What to do at the start and end of a container.',
    postStart: 'Runs right after the container has started. If it fails, the container is ended.',
    preStop:
      'Runs before the container is ended by a deletion or a failed probe, not when it ends by itself. The time it takes counts to the grace period.',
    stopSignal:
      'Signal that asks the container to end. The default is that of the image or the runtime. It needs spec.os.name.',
  },
  LifecycleHandler: {
    '': 'One action. Exactly one is given.',
    exec: 'Runs a program in the container.',
    httpGet: 'Makes an HTTP request.',
    tcpSocket: 'Deprecated and without effect; kept for old objects. It fails when it is run.',
    sleep: 'Waits a while.',
  },
  Probe: {
    '': 'A check of a container that is made over and over. Exactly one action is given.',
    exec: 'Runs a program in the container.',
    httpGet: 'Makes an HTTP request.',
    tcpSocket: 'Opens a TCP connection.',
    grpc: 'Asks a gRPC health service.',
    initialDelaySeconds: 'Seconds from the start of the container to the first check. The default is 0.',
    timeoutSeconds:
      'Seconds after which a check without an answer has failed. The default is 1, which is also the least.',
    periodSeconds: 'Seconds between checks. The default is 10; at least 1.',
    successThreshold:
      'Successes in a row after which a failed probe counts as successful. The default is 1, as it must be for liveness and startup.',
    failureThreshold: 'Failures in a row after which the probe counts as failed. The default is 3; at least 1.',
    terminationGracePeriodSeconds:
      'Seconds that the container gets to end when the probe failed. The default is that of the pod. Not for readiness.',
  },
  SleepAction: {
    '': 'Waits a while.',
    seconds: 'How many seconds to wait.',
  },
  TCPSocketAction: {
    '': 'Opens a TCP connection. Success means that it was accepted.',
    port: 'Port, from 1 to 65535, or the name of a port of the container.',
    host: 'Host to connect to. The default is the address of the pod.',
  },
};
