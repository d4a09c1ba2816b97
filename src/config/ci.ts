import * as z from "zod";

/**
 * `ci` of an environment. The characters of a branch are those that mean nothing in a workflow's filters (GitHub Docs,
 * "Workflow syntax for GitHub Actions": filter patterns), in a policy or in a shell.
 */
export const ci = z
  .strictObject({
    github: z
      .strictObject({
        repository: z
          .string()
          .max(140, "a repository of GitHub is OWNER/NAME, at most 140 characters")
          .regex(
            /^[A-Za-z0-9](?:[A-Za-z0-9]|-(?=[A-Za-z0-9]))*\/(?!\.{1,2}$)[\w.-]+$/,
            "a repository of GitHub is OWNER/NAME",
          )
          .describe("The repository, OWNER/NAME, in the capitals that GitHub shows."),
        ids: z
          .string()
          .regex(/^\d+\/\d+$/, "ids are the owner's and the repository's numbers, 123456/456789")
          .optional()
          .describe("Numbers of owner and repository, if its tokens carry them: OWNER_ID/REPOSITORY_ID."),
        branch: z
          .string()
          .max(200, "a branch's name has at most 200 characters")
          .regex(
            /^(?!.*(?:\/\/|\.\.))[A-Za-z0-9_][\w./-]*[A-Za-z0-9_]$|^[A-Za-z0-9_]$/,
            "a branch is letters, digits, dots, hyphens, underscores and slashes",
          )
          .default("main")
          .describe("The branch that is deployed."),
        provider: z
          .string()
          .regex(
            /^arn:aws(?:-cn|-us-gov)?:iam::\d{12}:oidc-provider\/token\.actions\.githubusercontent\.com$/,
            "the provider is an ARN, arn:aws:iam::123456789012:oidc-provider/token.actions.githubusercontent.com",
          )
          .optional()
          .describe("The account's OIDC provider of GitHub, where it has one; default: the environment makes it."),
      })
      .describe("GitHub Actions."),
  })
  .describe("Who deploys beside people: roles without stored keys. `astro ci github` writes it.");
