import { isOn, partOf } from "../resources/properties.ts";
import { imagesOf } from "../resources/stored-contents.ts";
import type { Simulator } from "../state/simulator.ts";
import type { ServiceResource } from "../state/state.ts";
import { type Call, type CallResult, flag, structures, text, texts } from "../wire/call.ts";
import { AwsError } from "../wire/error.ts";
import { createResource, deleteResource, findResource, listResources, tagsIn } from "./common/resources.ts";

const TYPE = "AWS::ECR::Repository";

export function theRepository(
  simulator: Simulator,
  call: Call,
  name = text(call.input, "repositoryName") ?? "",
): ServiceResource {
  const found = findResource(simulator, call, TYPE, name);
  if (!found) {
    throw new AwsError(
      "RepositoryNotFoundException",
      `The repository with name '${name}' does not exist in the registry with id '${call.scope.account}'`,
    );
  }
  return found;
}

export function describeRepositories(simulator: Simulator, call: Call): CallResult {
  const names = texts(call.input, "repositoryNames");
  const found =
    names.length > 0 ? names.map((name) => theRepository(simulator, call, name)) : listResources(simulator, call, TYPE);
  return { repositories: found.map(repositoryOf) };
}

function repositoryOf(repository: ServiceResource): CallResult {
  const { ImageTagMutability, ImageScanningConfiguration, EncryptionConfiguration } = repository.properties;
  const encryption = partOf(EncryptionConfiguration);
  return {
    repositoryArn: repository.attributes.Arn,
    registryId: repository.account,
    repositoryName: repository.id,
    repositoryUri: repository.attributes.RepositoryUri,
    createdAt: repository.created / 1000,
    imageTagMutability: ImageTagMutability ?? "MUTABLE",
    imageScanningConfiguration: { scanOnPush: isOn(partOf(ImageScanningConfiguration).ScanOnPush) },
    encryptionConfiguration: {
      encryptionType: encryption.EncryptionType ?? "AES256",
      ...(encryption.KmsKey !== undefined && { kmsKey: encryption.KmsKey }),
    },
  };
}

export function createRepository(simulator: Simulator, call: Call): CallResult {
  const { scope, input } = call;
  const name = text(input, "repositoryName") ?? "";
  if (findResource(simulator, call, TYPE, name)) {
    throw new AwsError(
      "RepositoryAlreadyExistsException",
      `The repository with name '${name}' already exists in the registry with id '${scope.account}'`,
    );
  }
  const mutability = text(input, "imageTagMutability");
  const scan = input.imageScanningConfiguration === undefined ? undefined : partOf(input.imageScanningConfiguration);
  const properties = {
    RepositoryName: name,
    ...(mutability !== undefined && { ImageTagMutability: mutability }),
    ...(scan && { ImageScanningConfiguration: { ScanOnPush: isOn(scan.scanOnPush) } }),
  };
  const repository = createResource(simulator, call, {
    type: TYPE,
    id: name,
    properties,
    tags: tagsIn(structures(input, "tags")),
  });
  return { repository: repositoryOf(repository) };
}

export function deleteRepository(simulator: Simulator, call: Call): CallResult {
  const repository = theRepository(simulator, call);
  if (imagesOf(repository).length > 0 && !flag(call.input, "force")) {
    throw new AwsError(
      "RepositoryNotEmptyException",
      `The repository with name '${repository.id}' in registry with id '${repository.account}' cannot be deleted because it still contains images`,
    );
  }
  deleteResource(simulator, repository);
  return { repository: repositoryOf(repository) };
}
