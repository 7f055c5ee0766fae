import { underlyingStorageKit } from '@orlop/conformance/underlying';
import { createMemoryBackend } from '../src/index.ts';

underlyingStorageKit({
  name: 'memory',
  create: ({ runtime }) => createMemoryBackend({ runtime }),
});
