/**
 * Writes an object with the entries that say who owns which field; when it is too large for the store, once more without
 * them, because they can be what makes it too large. Nobody owns anything of it from then on.
 */
export async function retryUnowned<T>(write: (owned: boolean) => Promise<T>): Promise<T> {
  try {
    return await write(true);
  } catch (error) {
    if (!isTooLarge(error)) throw error;
    return write(false);
  }
}

/** Whether the store refused the object for its size: it says so at the bottom of what each layer made of it. */
function isTooLarge(error: unknown): boolean {
  for (let reason = error; reason instanceof Error; reason = reason.cause) {
    if ('code' in reason && reason.code === 'TooLarge') return true;
  }
  return false;
}
