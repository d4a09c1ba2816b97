/** What an account has free each month before a price list's item is billed; items of one `pool` share it. */
type Allowance = { readonly quantity: number; readonly says: string; readonly pool?: string };

const LAMBDA: Allowance = { quantity: 400_000, says: "400,000 GB-seconds of Lambda", pool: "lambda" };
const BUILDS: Allowance = { quantity: 100, says: "100 minutes of small builds", pool: "codebuild" };

/** Free amounts that belong to the price list itself, by item; a new account's 12-month free tier does not. */
const ALLOWANCES: { readonly [item: string]: Allowance } = {
  // Amazon CloudFront pricing, "Always free".
  "cloudfront.out_internet.gb": { quantity: 1024, says: "1 TB out of CloudFront" },
  "cloudfront.request.https_get": { quantity: 10_000_000, says: "10 million CDN requests" },
  "cloudfront.invalidation.path": { quantity: 1000, says: "1,000 CDN invalidations" },
  // Amazon EC2 on-demand pricing, "Data Transfer".
  "data_transfer.out_internet.gb": { quantity: 100, says: "100 GB to the internet" },
  // Amazon DynamoDB pricing, AWS KMS pricing, Amazon CloudWatch pricing.
  "dynamodb.storage.gb_month": { quantity: 25, says: "25 GB in DynamoDB" },
  "kms.request.symmetric": { quantity: 20_000, says: "20,000 KMS requests" },
  "dashboard.month": { quantity: 3, says: "three dashboards" },
  // Amazon DynamoDB pricing, "provisioned capacity": 25 units of each, in a month of 31 days.
  "dynamodb.provisioned.rcu_hour": { quantity: 18_600, says: "25 read capacity units in DynamoDB" },
  "dynamodb.provisioned.wcu_hour": { quantity: 18_600, says: "25 write capacity units in DynamoDB" },
  // AWS Lambda pricing: x86 and Arm share it.
  "lambda.request": { quantity: 1_000_000, says: "1 million Lambda requests" },
  "lambda.x86.gb_second": LAMBDA,
  "lambda.arm64.gb_second": LAMBDA,
  // AWS CodeBuild pricing: the smallest Linux machine, x86 or Arm.
  "codebuild.linux.small.minute": BUILDS,
  "codebuild.arm.small.minute": BUILDS,
};

/** What an account has free of `item` each month, in whichever region or geography. */
export function allowanceOf(item: string): Allowance | undefined {
  return Object.hasOwn(ALLOWANCES, item) ? ALLOWANCES[item] : undefined;
}
