type Versions = ReadonlyMap<number, { min: number; max: number }>;

/**
 * The release of a broker, guessed from what it offers: brokers do not tell. The marks were seen on 2.8.2, 3.5.2,
 * 3.9.1, 4.1.0 and 4.4.0; the rest follows from the versions in which KIPs landed.
 */
export function versionText(versions: Versions): string {
  const max = (key: number) => versions.get(key)?.max ?? -1;
  const min = (key: number) => versions.get(key)?.min ?? -1;
  if (max(89) >= 0) return '≥ 4.2'; // StreamsGroupDescribe, KIP-1071
  if (max(90) >= 0) return '4.1'; // DescribeShareGroupOffsets, KIP-932
  if (min(1) >= 4) return '4.0'; // old Fetch versions removed, KIP-896
  if (max(1) >= 17) return '3.9'; // KIP-853
  if (max(1) >= 16) return '3.7'; // KIP-951
  if (max(1) >= 14) return '3.5';
  if (max(1) >= 13) return '3.1'; // topic ids in Fetch, KIP-516
  if (max(60) >= 0) return '2.8'; // DescribeCluster, KIP-700
  return '≤ 2.7';
}
