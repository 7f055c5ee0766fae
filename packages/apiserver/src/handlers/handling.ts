import type { Runtime, Serializer } from '@orlop/apimachinery';
import type { AdmissionPlugin } from '@orlop/rest';
import type { Call } from '../http/call.ts';
import type { InstalledResources, Target } from '../resources.ts';
import type { Limits } from '../server-options.ts';
import type { WatchHub } from '../watch/watch-hub.ts';
import type { FieldManagers } from './field-managers.ts';

/** The parts of a server that handlers use. */
export interface Handling {
  readonly resources: InstalledResources;
  readonly admission: readonly AdmissionPlugin[];
  readonly runtime: Runtime;
  readonly limits: Limits;
  readonly serializers: readonly Serializer[];
  readonly watches: WatchHub;
  readonly fieldManagers: FieldManagers;
}

/** Serves one verb of one path; answers through the call or throws. */
export type Handler = (server: Handling, call: Call, target: Target) => Promise<void>;
