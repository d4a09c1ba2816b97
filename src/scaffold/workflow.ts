import { hashOf } from "./manifest.ts";

/** An environment that GitHub Actions deploys. */
export type DeployedByWorkflow = {
  readonly name: string;
  readonly region: string;
  readonly branch: string;
  /** ARNs of its roles. */
  readonly roles: { readonly deploy: string; readonly plan: string };
};

/** Where a workflow lies, from a repository's root. */
export const WORKFLOW_FILE = ".github/workflows/astro.yml";

/** Releases of the actions that run on a Node which GitHub's runners have. */
const CHECKOUT = "actions/checkout@v6";
const SETUP_NODE = "actions/setup-node@v6";
const CREDENTIALS = "aws-actions/configure-aws-credentials@v6";
const NODE = "22";

/** Characters of a comment on GitHub at most are 65,536: what plans take of them. */
const COMMENT = 60_000;

/** Begins the first line; the sum of all others follows. */
const HEAD = "# Written by `astro ci github`, which replaces it as long as nobody has edited it: ";

/**
 * The workflow of a repository whose app lies in `folder`, from the root with slashes: a plan of every environment as a comment
 * on a pull request, and a deployment for each push to an environment's branch. What GitHub tells of an event reaches a shell
 * as a variable alone, never as part of its line (GitHub Docs, "Script injections").
 */
export function renderWorkflow(
  app: { readonly folder: string; readonly project: string; readonly version: string },
  environments: readonly DeployedByWorkflow[],
): string {
  const branches = [...new Set(environments.map(({ branch }) => branch))].map((branch) => `"${branch}"`).join(", ");
  const lines = [
    "name: astro",
    "on:",
    "  push:",
    `    branches: [${branches}]`,
    "  pull_request:",
    "permissions:",
    "  contents: read",
    "  id-token: write",
    "  pull-requests: write",
    "jobs:",
    ...planJob(app, environments),
    ...environments.flatMap((environment) => deployJob(app, environment)),
  ];
  const text = `${lines.join("\n")}\n`;
  return `${HEAD}${hashOf(text)}\n${text}`;
}

/** Whether a workflow is still as some version of astro wrote it. */
export function isAsAstroWrote(text: string): boolean {
  const [first = "", ...rest] = text.replaceAll("\r\n", "\n").split("\n");
  return first === `${HEAD}${hashOf(rest.join("\n"))}`;
}

type App = { readonly folder: string; readonly project: string; readonly version: string };

/** A pull request of a fork, and one of Dependabot, get no token that AWS could trust (GitHub Docs, "OpenID Connect reference"). */
function planJob(app: App, environments: readonly DeployedByWorkflow[]): readonly string[] {
  const room = Math.floor(COMMENT / environments.length);
  return [
    "  plan:",
    "    if: github.event_name == 'pull_request' && github.event.pull_request.head.repo.full_name == github.repository && github.actor != 'dependabot[bot]'",
    ...job(app, 30),
    ...environments.flatMap((environment) => [
      ...credentials(environment, environment.roles.plan, ["        if: ${{ !cancelled() }}"]),
      `      - name: Plan ${environment.name}`,
      `        if: \${{ !cancelled() && steps.credentials-${environment.name}.outcome == 'success' }}`,
      "        run: |",
      "          status=0",
      `          ${astro(app, "plan", environment)} > "$RUNNER_TEMP/plan.txt" 2> "$RUNNER_TEMP/plan.log" || status=$?`,
      '          cat "$RUNNER_TEMP/plan.txt" "$RUNNER_TEMP/plan.log"',
      "          {",
      `            printf '%s\\n' '### astro plan --env ${environment.name}' '' '~~~~~~text'`,
      `            head -c ${Math.floor((room * 4) / 5)} "$RUNNER_TEMP/plan.txt"`,
      `            if [ "$status" -ne 0 ]; then tail -c ${Math.floor(room / 10)} "$RUNNER_TEMP/plan.log"; fi`,
      "            printf '%s\\n' '' '~~~~~~' ''",
      '          } >> "$RUNNER_TEMP/plan.md"',
      '          exit "$status"',
    ]),
    "      - name: Comment",
    "        if: ${{ !cancelled() }}",
    "        env:",
    "          GH_TOKEN: ${{ github.token }}",
    "          GH_REPO: ${{ github.repository }}",
    "          PULL_REQUEST: ${{ github.event.pull_request.number }}",
    "        run: |",
    '          if [ -f "$RUNNER_TEMP/plan.md" ]; then',
    '            gh pr comment "$PULL_REQUEST" --edit-last --create-if-none --body-file "$RUNNER_TEMP/plan.md"',
    "          fi",
  ];
}

/** One deployment of an environment at a time, each to its end. */
function deployJob(app: App, environment: DeployedByWorkflow): readonly string[] {
  const { name, branch, roles } = environment;
  return [
    `  deploy-${name}:`,
    `    if: github.event_name == 'push' && github.ref == 'refs/heads/${branch}'`,
    "    permissions:",
    "      contents: read",
    "      id-token: write",
    "    concurrency:",
    `      group: astro-${app.project}-${name}`,
    "      cancel-in-progress: false",
    ...job(app, 60),
    ...credentials(environment, roles.deploy, []),
    `      - name: Deploy ${name}`,
    `        run: ${astro(app, "deploy", environment)} --yes`,
  ];
}

function job({ folder }: App, minutes: number): readonly string[] {
  return [
    "    runs-on: ubuntu-latest",
    `    timeout-minutes: ${minutes}`,
    "    defaults:",
    "      run:",
    "        shell: bash",
    `        working-directory: ${JSON.stringify(folder)}`,
    "    env:",
    '      NO_COLOR: "1"',
    "    steps:",
    `      - uses: ${CHECKOUT}`,
    "        with:",
    "          persist-credentials: false",
    `      - uses: ${SETUP_NODE}`,
    "        with:",
    `          node-version: "${NODE}"`,
    "          package-manager-cache: false",
    "      - name: Libraries of the app, if it has its own",
    "        run: if [ -f package-lock.json ]; then npm ci; fi",
  ];
}

function credentials(
  { name, region }: DeployedByWorkflow,
  role: string,
  condition: readonly string[],
): readonly string[] {
  return [
    `      - name: Credentials for ${name}`,
    `        id: credentials-${name}`,
    ...condition,
    `        uses: ${CREDENTIALS}`,
    "        with:",
    `          role-to-assume: ${role}`,
    `          aws-region: ${region}`,
  ];
}

function astro({ version }: App, command: string, { name }: DeployedByWorkflow): string {
  return `npx --yes @astro-infra/cli@${version} ${command} --env ${name}`;
}
