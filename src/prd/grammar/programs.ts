/**
 * Programs that a criterion may name without further proof. Data: add a name when a real document needs it. What is also an
 * English word belongs to `englishPrograms`, where a word alone is not enough.
 */
export const knownPrograms: ReadonlySet<string> = words(
  `npm npx pnpm pnpx yarn bun bunx deno corepack tsc tsx ts-node vue-tsc svelte-check vitest jest mocha playwright cypress
  eslint prettier biome oxlint knip stylelint tslint turbo nx lerna esbuild vite webpack rollup tsup tsdown prisma drizzle-kit
  python python3 pip pip3 pytest uv uvx pipenv hatch tox nox ruff mypy pyright basedpyright flake8 pylint isort pre-commit alembic poetry
  cargo rustc rustfmt wasm-pack gofmt goimports golangci-lint staticcheck govulncheck buf protoc
  gradle gradlew mvn mvnw sbt java javac kotlinc ktlint detekt dotnet msbuild flutter dart xcodebuild swiftlint swiftformat pod
  php composer phpunit phpstan psalm pest bundle bundler rspec rubocop ruby rails elixir iex rebar3 gleam
  cmake ctest ninja meson bazel bazelisk buck2 gcc g++ clang clang-tidy clang-format zig ghc cabal
  terraform tofu terragrunt tflint ansible-lint ansible-playbook yamllint hadolint actionlint markdownlint markdownlint-cli2
  cspell lychee kubectl kustomize kubeconform docker-compose podman opa conftest sqlfluff sqlite3 psql mysql redis-cli
  shellcheck shfmt bats bash sh zsh pwsh powershell grep egrep rg jq yq xmllint diff curl wget awk sed ls wc xargs env timeout
  rm mv cp mkdir ln chmod nvim vim nano
  perl lua luacheck busted stylua Rscript julia godot ffprobe ffmpeg pdftotext openssl nix adb gh supabase wrangler vercel
  netlify firebase flyctl heroku aws gcloud`,
);

/** Programs whose name is also English: they need a flag, a path, `&&`, a known subcommand, backticks or a target of the project. */
export const englishPrograms: ReadonlySet<string> = words(
  `make task just go test find cat node time watch which swift stack mix cast forge helm docker git rake black act next nest
  expo tap ava trunk rush head tail sort file flask serve cross hatch touch echo exit set true false :`,
);

/** Second words that make an unquoted line a command, for any program that takes them. */
const commonSubcommands = words(
  `run test check build lint fmt format exec analyze analyse validate install ci audit compile typecheck type-check
  verify start dev bench coverage clean doc docs vet all e2e unit integration smoke release prod production dlx src lib app
  publish deploy push apply login`,
);

/** English programs that take no such word: "test coverage is green" is a sentence. */
const withoutSubcommands = words(
  'test find cat node time watch which black head tail sort file echo exit set touch git',
);

/** Second words that only a program with an unmistakable name may have. */
const plainSubcommands = words(
  'serve watch preview logs status version help list ls show info up down create get describe delete exec x',
);

/** Second words that only mean something after one program. */
const ownSubcommands: ReadonlyMap<string, ReadonlySet<string>> = new Map(
  Object.entries({
    cargo: 'clippy nextest deny machete miri package tree update fix hack llvm-cov tarpaulin',
    go: 'mod generate tool list get',
    git: 'status diff log grep ls-files ls-tree show rev-parse apply merge-base branch tag describe push fetch pull commit reset',
    docker: 'compose ps images inspect buildx pull',
    npm: 'pack outdated t',
    yarn: 'workspace workspaces',
    pnpm: 'recursive filter',
    uv: 'sync lock pip tool',
    deno: 'task cache',
    terraform: 'plan init destroy',
    tofu: 'plan init destroy',
    mix: 'credo dialyzer deps',
    helm: 'template',
    flutter: 'doctor pub drive gen-l10n',
    dart: 'pub',
    dotnet: 'restore',
    rake: 'spec db',
    swift: 'package',
    forge: 'snapshot',
    prisma: 'generate migrate db',
    alembic: 'upgrade',
    opa: 'eval',
    gradle: 'assemble connectedCheck',
    mvn: 'package',
    make: 'tests',
    exit: '0 1 2',
  }).map(([name, list]) => [name, words(list)]),
);

/** Programs whose second word is free: a package, a file, a pattern, a service. */
const freeSecondWord = words(
  'npx bunx uvx pnpx bats env grep rg shellcheck gh aws gcloud rm mv cp mkdir vim nvim nano',
);

/** Programs that say nothing without a further word: `npm passes` is no command. */
const needsMore = words(
  `npm npx pnpm yarn bun bunx deno cargo uv uvx poetry pipenv dotnet flutter dart composer bundle nix nx gh python python3 bash sh
  zsh env timeout xargs curl wget grep egrep rg jq diff psql sqlite3 kubectl terraform tofu aws gcloud rm mv cp mkdir ln chmod sed awk`,
);

/** Whether a second word belongs to the program, rather than to a sentence about it. */
export function isSubcommand(program: string, word: string): boolean {
  if (freeSecondWord.has(program) || ownSubcommands.get(program)?.has(word)) return true;
  if (plainSubcommands.has(word)) return !englishPrograms.has(program);
  return commonSubcommands.has(word) && !withoutSubcommands.has(program);
}

/** Whether the program is a complete command by its name alone, as `tsc` or `pytest`. */
export function standsAlone(program: string): boolean {
  return englishPrograms.has(program) ? ['true', 'false', ':'].includes(program) : !needsMore.has(program);
}

function words(list: string): ReadonlySet<string> {
  return new Set(list.split(/\s+/));
}
