// `prd` from a build of the lab: `node prd.mjs <main.js of the build> <arguments of prd…>`.
const [node, , bundle, ...argv] = process.argv;
process.argv = [node, 'prd', ...argv];
process.exitCode = 70;
const { main } = await import(bundle);
process.exitCode = await main(process);
