import { listOf } from "../resources/properties.ts";
import { type Handler, needed, structures, texts } from "../wire/call.ts";
import { AwsError } from "../wire/error.ts";
import { createResource, findResource, listResources, tagList, tagsIn } from "./common/resources.ts";

const PROVIDER = "AWS::IAM::OIDCProvider";
const SCHEME = /^https:\/\//;

const create: Handler = (simulator, call) => {
  const { input, scope } = call;
  const Url = needed(input, "Url");
  const id = `arn:aws:iam::${scope.account}:oidc-provider/${Url.replace(SCHEME, "")}`;
  if (findResource(simulator, call, PROVIDER, id))
    throw new AwsError("EntityAlreadyExists", `Provider with url ${Url} already exists.`, 409);
  const properties = { Url, ClientIdList: texts(input, "ClientIDList") };
  createResource(simulator, call, { type: PROVIDER, id, properties, tags: tagsIn(structures(input, "Tags")) });
  return { OpenIDConnectProviderArn: id };
};

const get: Handler = (simulator, call) => {
  const arn = needed(call.input, "OpenIDConnectProviderArn");
  const found = findResource(simulator, call, PROVIDER, arn);
  if (!found) throw new AwsError("NoSuchEntity", `OpenIDConnect Provider not found for arn ${arn}`, 404);
  return {
    Url: String(found.properties.Url).replace(SCHEME, ""),
    ClientIDList: listOf(found.properties, "ClientIdList"),
    ThumbprintList: listOf(found.properties, "ThumbprintList"),
    CreateDate: new Date(found.created).toISOString(),
    Tags: tagList(found),
  };
};

/** OpenID Connect providers (IAM API Reference, the operations named). */
export const providerCalls: { readonly [operation: string]: Handler } = {
  CreateOpenIDConnectProvider: create,
  GetOpenIDConnectProvider: get,
  ListOpenIDConnectProviders: (simulator, call) => ({
    OpenIDConnectProviderList: listResources(simulator, call, PROVIDER).map(({ id }) => ({ Arn: id })),
  }),
};
