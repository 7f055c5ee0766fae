const host = globalThis as unknown as { readonly setImmediate?: (callback: () => void) => unknown };

/** Lets everything else that is ready run first. */
export function yieldTurn(): Promise<void> {
  return new Promise((resolve) => {
    if (host.setImmediate !== undefined) host.setImmediate(resolve);
    else setTimeout(resolve, 0);
  });
}
