import type { FeatureGates } from './feature-gates.ts';
import type { RuleContext, Scope } from './rule.ts';

/** What the caller of a validation says about the request. */
export interface RuleRequest {
  readonly operation: 'create' | 'update';
  /** The object before the update. */
  readonly old?: unknown;
  /** `apiVersion` the request speaks. @default '' */
  readonly version?: string;
  /** @default none open */
  readonly gates?: FeatureGates;
}

interface Provided {
  readonly scope: Scope<unknown>;
  readonly value: unknown;
  readonly outer: Provided | undefined;
}

const noGates: FeatureGates = {};

class RequestRuleContext implements RuleContext {
  readonly operation: 'create' | 'update';
  readonly old: unknown;
  readonly version: string;
  readonly gates: FeatureGates;
  readonly provided: Provided | undefined;

  constructor(
    operation: 'create' | 'update',
    old: unknown,
    version: string,
    gates: FeatureGates,
    provided: Provided | undefined,
  ) {
    this.operation = operation;
    this.old = old;
    this.version = version;
    this.gates = gates;
    this.provided = provided;
  }

  scope<S>(scope: Scope<S>): S {
    for (let entry = this.provided; entry !== undefined; entry = entry.outer) {
      if (entry.scope === scope) return entry.value as S;
    }
    throw new Error(`no enclosing rule provides ${scope.name}`);
  }
}

export function contextFor(request: RuleRequest | RuleContext): RuleContext {
  if (request instanceof RequestRuleContext) return request;
  return new RequestRuleContext(
    request.operation,
    request.old,
    request.version ?? '',
    request.gates ?? noGates,
    undefined,
  );
}

/** The context one step further in. Creates share one context all the way down: nothing is old there. */
export function withOld(context: RuleContext, old: unknown): RuleContext {
  if (context.old === old) return context;
  const from = context as RequestRuleContext;
  return new RequestRuleContext(from.operation, old, from.version, from.gates, from.provided);
}

export function withScope<S>(context: RuleContext, scope: Scope<S>, value: S): RuleContext {
  const from = context as RequestRuleContext;
  const provided = { scope, value, outer: from.provided };
  return new RequestRuleContext(from.operation, from.old, from.version, from.gates, provided);
}
