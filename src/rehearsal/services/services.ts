import { CLOUDFORMATION } from "../cloudformation/api/operations.ts";
import type { Service } from "../wire/protocol.ts";
import { DYNAMODB } from "./dynamodb/dynamodb.ts";
import { EC2_SERVICE } from "./ec2/ec2.ts";
import { ECR } from "./ecr.ts";
import { STS } from "./sts.ts";

/** Services by the name that a request's credential scope has; S3 and the other REST services have doors of their own. */
export const SERVICES: { readonly [name: string]: Service } = {
  cloudformation: CLOUDFORMATION,
  dynamodb: DYNAMODB,
  ec2: EC2_SERVICE,
  ecr: ECR,
  sts: STS,
};
