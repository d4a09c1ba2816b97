import { partOf } from "../resources/properties.ts";
import { text } from "../wire/call.ts";
import { AwsError } from "../wire/error.ts";
import { jsonProtocol, type Service } from "../wire/protocol.ts";
import { tagList } from "./common/resources.ts";
import { batchDeleteImage, batchGetImage, describeImages, listImages, putImage } from "./ecr-images.ts";
import { createRepository, deleteRepository, describeRepositories, theRepository } from "./ecr-repositories.ts";

/** Amazon ECR, API version 2015-09-21: repositories and their images; layers are not stored. */
export const ECR: Service = {
  protocol: jsonProtocol("1.1"),
  operations: {
    BatchDeleteImage: batchDeleteImage,
    BatchGetImage: batchGetImage,
    CreateRepository: createRepository,
    DeleteRepository: deleteRepository,
    DescribeImages: describeImages,
    DescribeRepositories: describeRepositories,
    GetAuthorizationToken: (simulator, { scope }) => ({
      authorizationData: [
        {
          authorizationToken: Buffer.from(`AWS:${scope.account}`).toString("base64"),
          expiresAt: simulator.state.now / 1000 + 43_200,
          proxyEndpoint: `https://${scope.account}.dkr.ecr.${scope.region}.amazonaws.com`,
        },
      ],
    }),
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
