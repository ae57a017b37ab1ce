/** Product names that look like code (`TypeScript`, `Node.js`) and are plain words to a reader. Lower case. */
export const brands: ReadonlySet<string> = new Set(
  `typescript javascript github gitlab bitbucket postgresql mysql mongodb graphql openai youtube linkedin whatsapp websocket
  websockets webgl devtools macos ios ipados ipad iphone ipod oauth oauth2 paypal wordpress jetbrains node.js next.js vue.js nuxt.js three.js d3.js
  express.js nest.js chart.js socket.io asp.net readme changelog vscode powershell dynamodb localstorage sessionstorage indexeddb
  e.g i.e tailwindcss fastapi pytorch tensorflow nodejs restful webrtc eslint esbuild devops saas paas npm ai/ml ci/cd tcp/ip i/o
  and/or a/b n/a 24/7 w/o onboarding qa/test ux/ui ui/ux r/w read/write`
    .split(/\s+/)
    .filter((word) => word !== ''),
);

/** What may follow a number directly: it makes the number a quantity. Lower case. */
export const unitWords: ReadonlySet<string> = new Set(
  `px rem em vh vw vmin dvh pt dp sp fr ch ms s sec secs second seconds m min mins minute minutes h hr hrs hour hours d day days
  w week weeks month months y year years k kb mb gb tb kib mib gib b bytes bit bits kbps mbps fps hz khz mhz ghz rpm x × deg
  % mm cm km kg g mg ml usd eur`
    .split(/\s+/)
    .filter((word) => word !== ''),
);

/** Endings that make `name.ending` a file. Lower case. */
export const fileEndings: ReadonlySet<string> = new Set(
  `ts tsx js jsx mjs cjs json jsonc json5 jsonl md mdx py rs go java kt kts swift rb php c h cc cpp hpp cs fs scala clj ex exs erl
  lua dart vue svelte astro html htm css scss sass less sql sh bash zsh ps1 bat yml yaml toml ini cfg conf env lock xml svg png jpg
  jpeg gif webp ico pdf csv tsv txt log tf hcl proto graphql gql prisma snap wasm map gradle properties plist tpl tmpl hbs ejs pug
  ipynb parquet db sqlite zip tar gz tgz docx xlsx pptx mp3 mp4 wav ttf woff woff2 dockerfile gitignore gd tscn glsl wgsl sol cairo
  nix zig v sv vhd r jl m mm pl pm example local test spec d pen fig sketch psd xd`
    .split(/\s+/)
    .filter((word) => word !== ''),
);
