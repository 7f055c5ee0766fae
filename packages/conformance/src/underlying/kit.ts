import {
  type BackendCapabilities,
  type Runtime,
  systemRuntime,
  type UnderlyingStorage,
} from '@orlop/storage-interface';
import type { Kit } from '../case.ts';
import { ConformanceFailure } from '../expect.ts';
import { manualRuntime } from '../manual-runtime.ts';
import { registerKit } from '../register.ts';
import { underlyingCases } from './cases.ts';
import type { Effort, UnderlyingCapability, UnderlyingHarness } from './harness.ts';
import { rememberCalls } from './remember-calls.ts';

/** How the kit gets something to judge. */
export interface UnderlyingKitOptions {
  /**
   * Opens a fresh, empty store, one per case. Give `runtime` to the backend where it takes one: its time stands still
   * until a case moves it.
   */
  create(given: { readonly runtime: Runtime }): UnderlyingStorage | Promise<UnderlyingStorage>;
  /** Opens the same data again after a close. Needed by a backend that declares itself durable. */
  reopen?(
    closed: UnderlyingStorage,
    given: { readonly runtime: Runtime },
  ): UnderlyingStorage | Promise<UnderlyingStorage>;
  /** Gives back what `create` took beyond the backend, for example a temporary folder. The backend is closed by then. */
  dispose?(backend: UnderlyingStorage): void | Promise<void>;
  /** `system` for a backend whose expiry runs by a clock of its own: cases then really wait. @default manual */
  readonly time?: 'manual' | 'system';
  /** Heads the report. @default the backend's own name is not known yet, so "a backend" */
  readonly name?: string;
  /** @default 60 random histories of up to 40 operations */
  readonly effort?: Partial<Effort>;
}

/** Registers every case of the lower contract with vitest. Call it at the top of a test file. */
export function underlyingStorageKit(options: UnderlyingKitOptions): void {
  registerKit(underlyingKit(options));
}

/** The same as data, for `runKit`. */
export function underlyingKit(options: UnderlyingKitOptions): Kit<OpenHarness, UnderlyingCapability> {
  return {
    name: `UnderlyingStorage: ${options.name ?? 'a backend'}`,
    cases: underlyingCases,
    open: () => open(options),
    close: (harness) => harness.end(),
    waiting: (harness) => harness.pending(),
    lacks: (harness, capability) => lacks(harness.capabilities, capability),
  };
}

/** A harness, and its end, which belongs to the kit. */
interface OpenHarness extends UnderlyingHarness {
  end(): Promise<void>;
}

async function open(options: UnderlyingKitOptions): Promise<OpenHarness> {
  const manual = options.time === 'system' ? undefined : manualRuntime();
  const runtime = manual ?? systemRuntime();
  // What the options are handed is the backend they made, not what stands before it.
  let made = await options.create({ runtime });
  let remembered = rememberCalls(made);
  return {
    get backend() {
      return remembered.backend;
    },
    capabilities: made.capabilities,
    pending: () => remembered.pending(),
    async advance(seconds) {
      if (manual) await manual.advance(seconds * 1000);
      else await new Promise<void>((resolve) => awake(seconds * 1000, resolve));
    },
    async reopen() {
      if (!options.reopen) {
        throw new ConformanceFailure(`${made.capabilities.name} declares durable, so the kit needs the option reopen`);
      }
      await made.close();
      made = await options.reopen(made, { runtime });
      remembered = rememberCalls(made);
      return remembered.backend;
    },
    async end() {
      await made.close();
      await options.dispose?.(made);
    },
    effort: { histories: 60, operations: 40, ...options.effort },
  };
}

/** A timer that keeps the process alive, which those of a Runtime do not. */
const awake = (milliseconds: number, callback: () => void): void => {
  (globalThis as unknown as { setTimeout(callback: () => void, ms: number): unknown }).setTimeout(
    callback,
    milliseconds,
  );
};

function lacks(manifest: BackendCapabilities, capability: UnderlyingCapability): string | undefined {
  return manifest[capability] ? undefined : `${manifest.name} declares no ${capability}`;
}
