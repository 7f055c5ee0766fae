export function parseJson(_text: string): { value: unknown; duplicates: string[] } { throw new Error('being written'); }
