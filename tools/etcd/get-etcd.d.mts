/** The path of an etcd: `any`, `debian`, or a version such as `3.6.16`. Throws with what was tried when none can be had. */
export function getEtcd(wanted?: string): string;
