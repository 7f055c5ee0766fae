/** Which gates are open. A gate that is not named is closed. */
export type FeatureGates = Readonly<Record<string, boolean>>;

/** Whether a gate is open. */
export function gateOpen(gates: FeatureGates, gate: string): boolean {
  return gates[gate] === true;
}
