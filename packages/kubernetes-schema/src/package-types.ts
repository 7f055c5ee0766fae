import { compileSchema, type Schema, type TypeNode } from '@orlop/schema';

/** Finds the types of one API package: `appsV1('Deployment')`. Compiled on first use, then the same node every time. */
export interface PackageTypes<Names extends string = string> {
  /** Throws an Error when the package has no such type. */
  (name: Names): TypeNode;
  /** The names of all types of the package, sorted. */
  readonly names: readonly string[];
  /** The written form of a type by its full OpenAPI name, from this package or one it refers to. */
  readonly resolve: (ref: string) => Schema | undefined;
}

/** Makes the lookup of a generated module. `uses` are the packages its types refer to. */
export function packageTypes<Names extends string>(
  prefix: string,
  schemas: Readonly<Record<string, Schema>>,
  uses: readonly Pick<PackageTypes, 'resolve'>[],
): PackageTypes<Names> {
  const resolve = (ref: string): Schema | undefined => {
    const dot = ref.lastIndexOf('.');
    if (ref.slice(0, dot) === prefix) return schemas[ref.slice(dot + 1)];
    for (const used of uses) {
      const found = used.resolve(ref);
      if (found !== undefined) return found;
    }
    return undefined;
  };
  const resolveOrThrow = (ref: string): Schema => {
    const found = resolve(ref);
    if (found === undefined) throw new Error(`no type ${ref} in ${prefix} and the packages it refers to`);
    return found;
  };
  const lookup = (name: Names): TypeNode => compileSchema({ $ref: `${prefix}.${name}` }, resolveOrThrow);
  return Object.assign(lookup, { names: Object.keys(schemas), resolve });
}
