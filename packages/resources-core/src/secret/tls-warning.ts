/**
 * What is wrong with the PEM texts of a TLS Secret, in the words of Go's crypto/tls. Only the PEM frames are looked at:
 * certificates are not parsed and keys not compared with them.
 */
export function tlsWarning(certificate: string, key: string): string | undefined {
  return certificateFault(pemTypes(certificate)) ?? keyFault(pemTypes(key));
}

function certificateFault(types: readonly string[]): string | undefined {
  if (types.includes('CERTIFICATE')) return undefined;
  if (types.length === 0) return 'tls: failed to find any PEM data in certificate input';
  if (types.length === 1 && types[0]!.endsWith('PRIVATE KEY')) {
    return 'tls: failed to find certificate PEM data in certificate input, but did find a private key; PEM inputs may have been switched';
  }
  return `tls: failed to find "CERTIFICATE" PEM block in certificate input after skipping PEM blocks of the following types: [${types.join(' ')}]`;
}

function keyFault(types: readonly string[]): string | undefined {
  if (types.some(isKey)) return undefined;
  if (types.length === 0) return 'tls: failed to find any PEM data in key input';
  if (types.length === 1 && types[0] === 'CERTIFICATE') {
    return 'tls: found a certificate rather than a key in the PEM for the private key';
  }
  return `tls: failed to find PEM block with type ending in "PRIVATE KEY" in key input after skipping PEM blocks of the following types: [${types.join(' ')}]`;
}

function isKey(type: string): boolean {
  return type === 'PRIVATE KEY' || type.endsWith(' PRIVATE KEY');
}

/** Types of the complete PEM blocks of a text, in order. */
function pemTypes(text: string): readonly string[] {
  const block = /^-----BEGIN ([^\r\n]*?)-----[ \t]*\r?\n[\s\S]*?^-----END \1-----[ \t]*\r?$/gm;
  return [...text.matchAll(block)].map((match) => match[1]!);
}
