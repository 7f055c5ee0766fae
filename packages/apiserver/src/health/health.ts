import { encodeUtf8 } from '@orlop/apimachinery';
import { sendBytes, sendText } from '../answer/respond.ts';
import type { Call } from '../http/call.ts';
import type { HealthCheck, HealthEndpoint } from '../server-options.ts';

const endpoints: readonly HealthEndpoint[] = ['healthz', 'livez', 'readyz'];

/** Answers /healthz, /livez and /readyz, each as a whole and check by check. */
export class Health {
  readonly #checks: Readonly<Record<HealthEndpoint, readonly HealthCheck[]>>;

  /** @param isShuttingDown makes /readyz fail, so that nobody new is sent here */
  constructor(given: readonly HealthCheck[], isShuttingDown: () => boolean) {
    const checks: HealthCheck[] = [
      { name: 'ping', check() {} },
      { name: 'log', check() {} },
      ...given,
      {
        name: 'shutdown',
        endpoints: ['readyz'],
        check() {
          if (isShuttingDown()) throw new Error('process is shutting down');
        },
      },
    ];
    const of = (endpoint: HealthEndpoint) =>
      checks.filter((check) => (check.endpoints ?? endpoints).includes(endpoint));
    this.#checks = { healthz: of('healthz'), livez: of('livez'), readyz: of('readyz') };
  }

  /** The paths to list at /. */
  get paths(): string[] {
    return endpoints.flatMap((endpoint) => [
      `/${endpoint}`,
      ...this.#checks[endpoint].map((check) => `/${endpoint}/${check.name}`),
    ]);
  }

  /** @returns false when the path is none of these */
  async serve(call: Call, parts: readonly string[]): Promise<boolean> {
    const endpoint = endpoints.find((one) => one === parts[0]);
    if (endpoint === undefined || call.request.path.endsWith('/')) return false;
    if (parts.length === 1) {
      await this.#serveAll(call, endpoint);
      return true;
    }
    const name = parts.slice(1).join('/');
    const check = this.#checks[endpoint].find((one) => one.name === name);
    if (check === undefined) return false;
    const failure = await failureOf(check);
    if (failure === undefined) sendBytes(call, 200, 'text/plain; charset=utf-8', encodeUtf8('ok'));
    else sendText(call, 500, `internal server error: ${failure.message}\n`);
    return true;
  }

  async #serveAll(call: Call, endpoint: HealthEndpoint): Promise<void> {
    const checks = this.#checks[endpoint];
    const excluded = new Set(call.query.all('exclude'));
    let failed = false;
    const lines = await Promise.all(
      checks.map(async (check) => {
        if (excluded.delete(check.name)) return `[+]${check.name} excluded: ok\n`;
        const failure = await failureOf(check);
        if (failure === undefined) return `[+]${check.name} ok\n`;
        failed = true;
        return `[-]${check.name} failed: reason withheld\n`;
      }),
    );
    const unknown = [...excluded].map((name) => JSON.stringify(name)).join(', ');
    if (unknown !== '') {
      lines.push(`warn: some health checks cannot be excluded: no matches for ${unknown}\n`);
    }
    if (failed) sendText(call, 500, `${lines.join('')}${endpoint} check failed\n`);
    else if (call.query.has('verbose')) sendText(call, 200, `${lines.join('')}${endpoint} check passed\n`);
    else sendText(call, 200, 'ok');
  }
}

async function failureOf(check: HealthCheck): Promise<Error | undefined> {
  try {
    await check.check();
    return undefined;
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}
