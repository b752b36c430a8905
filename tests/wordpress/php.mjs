/**
 * Runs the plugin's own PHPUnit tests under a PHP this machine does not have: `node php.mjs 7-4`.
 *
 * The PHPs are those of WordPress Playground, compiled to WebAssembly; PHPUnit is this machine's (9.6 runs on 7.3 and
 * newer) and is copied into the memory of that PHP beside the plugin. Prints what PHPUnit says; exits as it does.
 */
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { argv, exit, stdout } from "node:process";
import { fileURLToPath } from "node:url";
import { loadPHPRuntime, PHP, setPhpIniEntries } from "@php-wasm/universal";

const LIBRARIES = "/usr/share/php";
const PLUGIN = fileURLToPath(new URL("../../wordpress", import.meta.url));
const WANTED = /\.(php|tpl|xsd)$/;
/** There are no processes to start. (libxml's list of errors is broken in the build of 7.4: a test that uses it breaks off.) */
const WITHOUT = "shell_exec,proc_open,popen,exec";

const RUN = `<?php
chdir( '/wordpress' );
set_include_path( '.:${LIBRARIES}' );
error_reporting( E_ALL & ~E_DEPRECATED ); // PHPUnit 9's own, under 8.4.
foreach ( array( 'STDIN' => 'php://stdin', 'STDOUT' => 'php://output', 'STDERR' => 'php://output' ) as $name => $stream ) {
	defined( $name ) || define( $name, fopen( $stream, $name === 'STDIN' ? 'r' : 'w' ) );
}
$_SERVER['argv'] = array( 'phpunit', '--no-configuration', '--do-not-cache-result', '--bootstrap', 'tests/bootstrap.php', 'tests' );
$_SERVER['argc'] = count( $_SERVER['argv'] );
require '${LIBRARIES}/PHPUnit/Autoload.php';
echo 'PHP ', PHP_VERSION, "\\n";
exit( PHPUnit\\TextUI\\Command::main( false ) );
`;

function copy(php, from, to) {
  php.mkdir(to);
  for (const name of readdirSync(from)) {
    const source = join(from, name);
    if (statSync(source).isDirectory()) copy(php, source, `${to}/${name}`);
    else if (WANTED.test(name)) php.writeFile(`${to}/${name}`, readFileSync(source));
  }
}

const { getPHPLoaderModule } = await import(`@php-wasm/node-${argv[2]}`);
const php = new PHP(await loadPHPRuntime(await getPHPLoaderModule()));
await setPhpIniEntries(php, { disable_functions: WITHOUT, memory_limit: "512M" });
copy(php, LIBRARIES, LIBRARIES);
copy(php, PLUGIN, "/wordpress");
php.writeFile("/run.php", RUN);
const answer = await php.run({ scriptPath: "/run.php" }).catch((failed) => failed.response ?? Promise.reject(failed));
stdout.write(`${answer.text}\n${answer.errors}`);
exit(answer.exitCode);
