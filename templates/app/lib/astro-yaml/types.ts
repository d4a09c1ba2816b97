// As astro itself reads astro.yaml: made from its schema. It is yours, like all of this app.

/** One environment of astro.yaml, every default filled in. */
export type Environment = {
  /** AWS region. */
  region: string;
  /** The only AWS account this environment may be deployed to. */
  account?: string;
  /** Permissions boundary of every role: the ARN of a managed policy. */
  boundary?: string;
  /** Deletion protection; data, keys and secrets are retained. */
  protect: boolean;
  /**
   * Order of provisioning: sequence (phase after phase), or overlap (each stack once those it needs are
   * deployed).
   */
  order: "sequence" | "overlap";
  /**
   * CloudFormation's express mode: does not wait for resources to stabilise; astro checks afterwards. Not
   * with protect.
   */
  express: boolean;
  /** The VPC. */
  network: {
    /** Availability zones the workloads run in: 1 to 3. */
    azs: number;
    /** NAT gateways: none (VPC endpoints instead), one, or per-az. */
    nat: "none" | "one" | "per-az";
    /** Zones by id (use1-az1) or name; default: the account's first. They cannot change once deployed. */
    zones?: string[];
    /** VPC flow logs to CloudWatch Logs. */
    flowLogs: boolean;
  };
  /** The FastAPI service on ECS Fargate. */
  service: {
    /** Run tasks on FARGATE_SPOT (about 70 % cheaper, may be interrupted). */
    spot: boolean;
    /** Tasks on FARGATE before any runs on Spot. */
    onDemandBase: number;
    /** CPU units of a task; 1024 are one vCPU. */
    cpu: number;
    /** Memory of a task in MB. */
    memory: number;
    /** Number of tasks. */
    tasks: number;
    /** Scale out to this many tasks on CPU and requests. */
    maxTasks?: number;
    /** CPU architecture of tasks and image. */
    architecture: "x86_64" | "arm64";
    /** Image to run: a tag (v1.2), a digest (sha256:…) or a full name; default: a placeholder. */
    image?: string;
    /**
     * Who deploys new images: astro, or elsewhere (another tool, such as a CI: updates keep its latest task
     * definition).
     */
    releases?: "astro" | "elsewhere";
    /** Variables of your own for every task: {LOG_LEVEL: info}. No secrets: they stay readable. */
    environment?: { [name: string]: string };
    /** Variables of your own whose values astro secret set keeps in Secrets Manager: [STRIPE_KEY]. */
    secrets?: string[];
    /** Port the container listens on. */
    port: number;
    /** Path that answers 200 when a task is healthy. */
    healthPath: string;
    /** Health check grace period of a new task in seconds, migrations included. */
    graceSeconds: number;
    /** Log retention in days. */
    logDays: 1 | 3 | 5 | 7 | 14 | 30 | 60 | 90 | 120 | 150 | 180 | 365;
  };
  /** A second service of the same image, without a load balancer. */
  worker?: {
    /** Command of the worker: [celery, -A, app, worker]. */
    command: string[];
    /** Number of its tasks. */
    tasks: number;
    /** CPU units of one of its tasks; 1024 are one vCPU. */
    cpu: number;
    /** Memory of one of its tasks in MB. */
    memory: number;
    /** Run it on FARGATE_SPOT (about 70 % cheaper, may be interrupted). */
    spot: boolean;
  };
  /** One-off tasks of the same image at set times. */
  schedule?: {
    /** Its name. */
    name: string;
    /** When, in UTC: cron(0 3 * * ? *) or rate(1 hour), as EventBridge Scheduler has it. */
    cron: string;
    /** Command of the task. */
    command: string[];
  }[];
  /** PostgreSQL 16 on RDS. */
  database: {
    /** RDS instance class. */
    class: string;
    /** A standby in a second zone, with failover. */
    multiAz: boolean;
    /** gp3 storage in GB; can grow, never shrink. */
    storage: number;
    /** Storage autoscaling limit in GB. */
    maxStorage: number;
    /** Days of daily backups and point-in-time recovery. */
    backupDays: number;
    /** KMS key of the storage: AWS managed, or the environment's own. */
    key: "aws" | "own";
    /** Take a final snapshot when the database is deleted. */
    finalSnapshot: boolean;
  };
  /** Redis 7.1 on ElastiCache. */
  cache: {
    /** ElastiCache node type. */
    node: string;
    /** Replicas beside the primary; with one or more, failover is automatic. */
    replicas: number;
  };
  /** CloudFront in front of frontend and API. */
  cdn: {
    /** Hours CloudFront caches the frontend's files. */
    ttlHours: number;
    /** Content-Security-Policy header of the frontend; default: its own files, the API and the PDFs. */
    contentSecurityPolicy?: string;
    /** AWS WAF with AWS's managed core rules. */
    waf: boolean;
    /** Path prefix of uploads: WAF rules that inspect bodies only count there. */
    uploadPath: string;
  };
  /** The Application Load Balancer. */
  loadBalancer: {
    /** No public address: only CloudFront reaches it. Without api.NAME, and without WebSockets. */
    private: boolean;
    /** Access logs to an S3 bucket. */
    accessLogs: boolean;
  };
  /** Custom domain with certificates. */
  domain?: {
    /** The frontend answers at app.NAME and the API at api.NAME, unless names says otherwise. */
    name: string;
    /** Its hosted zone on Route 53: an id, create, or elsewhere. */
    zone: string;
    /** Host names of your own. */
    names?: {
      /** Where the frontend answers: NAME itself, www.NAME, or any name below it. */
      app?: string;
      /** Where the API answers: another one. */
      api?: string;
    };
    /** NAME leads to www.NAME, or the other way round: to the one that is the frontend's. Default: true. */
    redirect?: boolean;
  };
  /** CloudWatch alarms and a dashboard, by e-mail. */
  alarms?: {
    email: string;
  };
  /** An AWS budget with an alert. */
  budget?: {
    /** USD a month. */
    monthly: number;
    email: string;
  };
  /** Who deploys beside people: roles without stored keys. `astro ci github` writes it. */
  ci?: {
    /** GitHub Actions. */
    github: {
      /** The repository, OWNER/NAME, in the capitals that GitHub shows. */
      repository: string;
      /** Numbers of owner and repository, if its tokens carry them: OWNER_ID/REPOSITORY_ID. */
      ids?: string;
      /** The branch that is deployed. */
      branch: string;
      /** The account's OIDC provider of GitHub, where it has one; default: the environment makes it. */
      provider?: string;
    };
  };
};

/** astro.yaml. */
export type Config = {
  /** Name of the project; the first part of every resource's name. */
  name: string;
  /**
   * Globs, from the app's folder, of what the app reads besides its own files: then a synthesis is repeated
   * only after a change. An app that you did not change needs none.
   */
  cache?: string[];
  /** How `astro deploy` builds the image. */
  build?: {
    /** Folder that is built, from astro.yaml's own. */
    context: string;
    /** The Dockerfile, from that folder. */
    dockerfile: string;
    /** Stage of the Dockerfile to build; default: its last. */
    target?: string;
    /** Build arguments. No secrets: they stay readable in the image. */
    args?: { [name: string]: string };
    /** Platform of the image; default: that of service.architecture. */
    platform?: "linux/amd64" | "linux/arm64";
  };
  /** Command of the image that migrates the database, run as a task of its own before each rollout. */
  migrate?: string[];
  /** The frontend that `astro deploy` builds and uploads. */
  frontend?: {
    /** The frontend's folder, from astro.yaml's own. */
    directory: string;
    /** Command that builds it, run there: [npm, run, build]; default: nothing is to be built. */
    build?: string[];
    /** Folder with what is built, from the frontend's folder. */
    output: string;
  };
  environments: { [name: string]: Environment };
};
