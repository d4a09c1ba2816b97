import { partOf } from "../resources/properties.ts";
import { text } from "../wire/call.ts";
import { AwsError } from "../wire/error.ts";
import { jsonProtocol, type Service } from "../wire/protocol.ts";
import { tagList } from "./common/resources.ts";
import {
  batchDeleteImage,
  batchGetImage,
  describeImageScanFindings,
  describeImages,
  getDownloadUrlForLayer,
  listImages,
  putImage,
} from "./ecr-images.ts";
import { createRepository, deleteRepository, describeRepositories, theRepository } from "./ecr-repositories.ts";
import { registryToken, TOKEN_SECONDS } from "./oci/token.ts";

/** Amazon ECR, API version 2015-09-21: repositories and their images; as a registry of layers it is in `oci/`. */
export const ECR: Service = {
  protocol: jsonProtocol("1.1"),
  operations: {
    BatchDeleteImage: batchDeleteImage,
    BatchGetImage: batchGetImage,
    CreateRepository: createRepository,
    DeleteRepository: deleteRepository,
    DescribeImages: describeImages,
    DescribeRepositories: describeRepositories,
    GetAuthorizationToken: (simulator, { scope, http }) => ({
      authorizationData: [
        {
          authorizationToken: Buffer.from(`AWS:${registryToken(simulator, scope)}`).toString("base64"),
          expiresAt: simulator.state.now / 1000 + TOKEN_SECONDS,
          // Here is the registry, whatever its name would be.
          proxyEndpoint: `http://${http.headers.host}`,
        },
      ],
    }),
    DescribeImageScanFindings: describeImageScanFindings,
    GetDownloadUrlForLayer: getDownloadUrlForLayer,
    GetLifecyclePolicy: (simulator, call) => {
      const { id, account, properties } = theRepository(simulator, call);
      const lifecyclePolicyText = partOf(properties.LifecyclePolicy).LifecyclePolicyText;
      if (lifecyclePolicyText === undefined)
        throw new AwsError(
          "LifecyclePolicyNotFoundException",
          `Lifecycle policy does not exist for the repository with name '${id}' in the registry with id '${account}'`,
        );
      return { registryId: account, repositoryName: id, lifecyclePolicyText };
    },
    GetRepositoryPolicy: (simulator, call) => {
      const { id, account, properties } = theRepository(simulator, call);
      const { RepositoryPolicyText: policy } = properties;
      if (policy === undefined)
        throw new AwsError(
          "RepositoryPolicyNotFoundException",
          `Repository policy does not exist for the repository with name '${id}' in the registry with id '${account}'`,
        );
      const policyText = typeof policy === "string" ? policy : JSON.stringify(policy);
      return { registryId: account, repositoryName: id, policyText };
    },
    ListImages: listImages,
    ListTagsForResource: (simulator, call) => ({
      tags: tagList(theRepository(simulator, call, text(call.input, "resourceArn")?.split("repository/")[1])),
    }),
    PutImage: putImage,
  },
};
