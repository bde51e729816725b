// Uses the client that openapi-generator generated: `node use_client.js URL TOKEN`. tsc checks this file together with it.
import {
    AiProvider, AiProvidersApi, Configuration, FileEdit, InvalidRecordProblem, Problem, ProjectsApi, ReadOnlyProblem,
    ResponseError, ServerApi,
} from "./generated";

declare const process: { argv: string[]; exit(code: number): never };

const [url, token] = process.argv.slice(2);
const configuration = new Configuration({ basePath: url, accessToken: token });
const providers = new AiProvidersApi(configuration);
const projects = new ProjectsApi(configuration);

function check(condition: boolean, what: string): void {
    if (!condition) throw new Error(what);
}

/** Returns the body of an answer that is not a success, after checking its status. */
async function refusal<Body>(answer: Promise<unknown>, status: number): Promise<Body> {
    try {
        await answer;
    } catch (error) {
        if (!(error instanceof ResponseError)) throw error;
        check(error.response.status === status, `${error.response.status} instead of ${status}`);
        return (status === 304 ? undefined : await error.response.json()) as Body;
    }
    throw new Error(`an answer without the status ${status}`);
}

async function main(): Promise<void> {
    const all: AiProvider[] = await providers.listAiProviders();
    check(all.length === 10, "the list");
    const acme = await providers.listAiProviders({ project: "acme", limit: 2, offset: 1 });
    check(acme.length === 2 && acme[0].id === all[1].id, "a page of a project");
    const openai = await providers.listAiProviders({ provider: "openai", q: "GPT-4o", include: "handle,endpoint" });
    check(openai.length === 1 && openai[0].handle === "acme/gpt-4o", "filters");
    check(openai[0].endpoint?.host === "eu.api.openai.com:443", "the endpoint");

    const answer = await providers.getAiProviderByHandleRaw({ project: "acme", handle: "gpt-4o" });
    const record = await answer.value();
    check(record.createdAt.endsWith("Z") && record.baseUrl === "https://eu.api.openai.com/v1", "the record");
    const tag = answer.raw.headers.get("ETag") ?? "";
    check((await providers.getAiProvider({ aiProviderId: record.id })).name === record.name, "the record by its id");
    await refusal(providers.getAiProvider({ aiProviderId: record.id, ifNoneMatch: tag }), 304);
    const head = await providers.getAiProviderHeadRaw({ aiProviderId: record.id });
    check(head.raw.headers.get("ETag") === tag, "the tag of HEAD");

    const anonymous = new AiProvidersApi(new Configuration({ basePath: url }));
    const refused: Problem = await refusal<Problem>(anonymous.listAiProviders(), 401);
    check(refused.detail.includes("roster token create"), "the way to a token");
    await refusal<Problem>(providers.listAiProviders({ include: "secret" }), 400);
    await refusal<Problem>(providers.getAiProviderByHandle({ project: "acme", handle: "nothing" }), 404);

    const patch = { defaultModel: "gpt-4.1" };
    const readOnly = await refusal<ReadOnlyProblem>(
        providers.updateAiProvider({ aiProviderId: record.id, aiProviderPatch: patch }), 405);
    const edit: FileEdit | undefined = readOnly.fileEdit;
    check(edit?.operation === "update" && (edit.patch ?? "").includes("+defaultModel: gpt-4.1"), "the edit");
    const created = {
        projectId: record.projectId, name: "New", provider: "ollama" as const, defaultModel: "x", baseUrl: "no URL",
    };
    const invalid = await refusal<InvalidRecordProblem>(
        providers.createAiProvider({ aiProviderCreate: created }), 422);
    check(invalid.diagnostics[0].rule === "invalid-base-url", "the diagnostics");

    check((await projects.listProjects()).map((project) => project.handle).join() === "acme,labs", "the projects");
    check((await projects.getProject({ handle: "labs" })).providers === 5, "a project");
    check((await projects.listModels()).data.length === 10, "the models");
    check((await new ServerApi(configuration).status()).ready, "the status");
    console.log("the TypeScript client works");
}

main().catch((error) => {
    console.error(error);
    process.exit(1);
});
