// What containerd, CNI and kubelet of one node are told. JSON is YAML, so kubelet and CNI read it.

export interface NodeConfigInput {
  readonly name: string;
  readonly address: string;
  readonly podRange: string;
  readonly cgroupRoot: string;
  readonly cniConfigDir: string;
  readonly clientCaFile: string;
  readonly resolvConf: string;
  /** overlayfs, or native where the lab's folder lies on an overlay itself. */
  readonly snapshotter: 'overlayfs' | 'native';
  readonly pauseImage: string;
}

/** Debian's containernetworking-plugins. */
const CNI_PLUGINS = '/usr/lib/cni';
/** Inside the node: its /run is its own. */
export const CONTAINERD_SOCKET = '/run/containerd/containerd.sock';

/** containerd 1.6, CRI only. */
export function containerdConfig(input: NodeConfigInput): string {
  const cri = 'plugins."io.containerd.grpc.v1.cri"';
  return `version = 2
root = "/var/lib/containerd"
state = "/run/containerd"
[grpc]
  address = "${CONTAINERD_SOCKET}"
[${cri}]
  sandbox_image = "${input.pauseImage}"
  # Without CAP_SYS_RESOURCE a lower score than one's own cannot be given, and every pod would fail.
  restrict_oom_score_adj = true
  disable_apparmor = true
  tolerate_missing_hugetlb_controller = true
[${cri}.cni]
  bin_dir = "${CNI_PLUGINS}"
  conf_dir = "${input.cniConfigDir}"
[${cri}.containerd]
  snapshotter = "${input.snapshotter}"
[${cri}.containerd.runtimes.runc]
  runtime_type = "io.containerd.runc.v2"
[${cri}.containerd.runtimes.runc.options]
  SystemdCgroup = false
`;
}

/**
 * Every pod on a link of its own. With a bridge, an answer between two pods of a node would pass by the NAT of
 * Services unless the kernel has br_netfilter.
 */
export function cniConfig({ podRange }: NodeConfigInput): string {
  return JSON.stringify({
    cniVersion: '0.4.0',
    name: 'lab',
    plugins: [
      {
        type: 'ptp',
        ipam: { type: 'host-local', ranges: [[{ subnet: podRange }]], routes: [{ dst: '0.0.0.0/0' }] },
      },
      { type: 'portmap', capabilities: { portMappings: true } },
    ],
  });
}

export function kubeletConfig(input: NodeConfigInput): string {
  return JSON.stringify({
    apiVersion: 'kubelet.config.k8s.io/v1beta1',
    kind: 'KubeletConfiguration',
    address: input.address,
    authentication: {
      anonymous: { enabled: false },
      webhook: { enabled: true },
      x509: { clientCAFile: input.clientCaFile },
    },
    authorization: { mode: 'Webhook' },
    containerRuntimeEndpoint: `unix://${CONTAINERD_SOCKET}`,
    cgroupDriver: 'cgroupfs',
    cgroupRoot: input.cgroupRoot,
    // The last kubelet that runs on cgroup v1 is 1.34, and only when told to.
    failCgroupV1: false,
    failSwapOn: false,
    enforceNodeAllocatable: [],
    localStorageCapacityIsolation: false,
    oomScoreAdj: 0,
    resolvConf: input.resolvConf,
    clusterDomain: 'cluster.local',
    maxPods: 50,
    nodeLeaseDurationSeconds: 20,
    nodeStatusUpdateFrequency: '5s',
    // The machine's disk and memory are shared by all nodes and by others: a node must not evict for them.
    evictionHard: { 'memory.available': '1Mi', 'nodefs.available': '0%', 'imagefs.available': '0%' },
    imageGCHighThresholdPercent: 100,
    shutdownGracePeriod: '0s',
    volumePluginDir: '/var/lib/kubelet/volume-plugins',
    registerWithTaints: [],
  });
}
