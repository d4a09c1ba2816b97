import { isOn, textOf } from "../../resources/properties.ts";
import type { ServiceResource } from "../../state/state.ts";
import type { LookUp } from "./shared.ts";

const at = (milliseconds: number) => new Date(milliseconds).toISOString();

const sizeOf = ({ properties }: ServiceResource) => Number(properties.Size ?? 8);

/** Describe calls for volumes and snapshots, by operation. */
export const VOLUMES: { readonly [operation: string]: LookUp } = {
  DescribeVolumes: {
    type: "AWS::EC2::Volume",
    ids: "VolumeId",
    missing: "InvalidVolume.NotFound",
    list: "volumeSet",
    view: (volume) => ({
      shown: {
        volumeId: volume.id,
        size: sizeOf(volume),
        availabilityZone: textOf(volume.properties, "AvailabilityZone"),
        status: "available",
        createTime: at(volume.created),
        volumeType: textOf(volume.properties, "VolumeType", "gp2"),
        encrypted: isOn(volume.properties.Encrypted),
        attachmentSet: [],
      },
      filters: {
        "volume-id": volume.id,
        status: "available",
        "availability-zone": textOf(volume.properties, "AvailabilityZone"),
      },
    }),
  },
  DescribeSnapshots: {
    type: "AWS::EC2::VolumeSnapshot",
    ids: "SnapshotId",
    missing: "InvalidSnapshot.NotFound",
    list: "snapshotSet",
    view: (snapshot) => ({
      shown: {
        snapshotId: snapshot.id,
        volumeId: textOf(snapshot.attributes, "Source"),
        volumeSize: sizeOf(snapshot),
        status: "completed",
        progress: "100%",
        startTime: at(snapshot.created),
        ownerId: snapshot.account,
        encrypted: isOn(snapshot.properties.Encrypted),
        storageTier: "standard",
      },
      filters: {
        "snapshot-id": snapshot.id,
        "volume-id": textOf(snapshot.attributes, "Source"),
        status: "completed",
        "owner-id": snapshot.account,
      },
    }),
  },
};
