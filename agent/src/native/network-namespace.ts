import { errnoName } from './errno.ts';
import { lastErrno, libc } from './libc.ts';
import { CLONE_NEWNET, O_CLOEXEC } from './linux.ts';

/** Moves the calling thread, and no other, into a namespace that `ip netns` knows by this name. */
export function enterNetworkNamespace(name: string): void {
  const fd = libc.open(`/run/netns/${name}`, O_CLOEXEC);
  if (fd < 0) throw new Error(`no network namespace ${name}: ${errnoName(lastErrno())}`);
  const failed = libc.setns(fd, CLONE_NEWNET) < 0;
  const errno = lastErrno();
  libc.close(fd);
  if (failed) throw new Error(`cannot enter network namespace ${name}: ${errnoName(errno)}`);
}
