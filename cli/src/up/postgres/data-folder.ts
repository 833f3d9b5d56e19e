/**
 * How Postgres is told where its data lie. It is spawned with the data folder as working directory and told to
 * look there, so that it works below a folder that its user may not enter: root changes into it, then becomes
 * that user. The name in /proc is the only absolute one that such a user can resolve.
 */
export function dataFolderArgument(dataDir: string, platform: NodeJS.Platform): string {
  return platform === 'linux' ? '/proc/self/cwd' : dataDir;
}
