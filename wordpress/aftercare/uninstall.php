<?php
/**
 * Removes everything the plugin has kept: the connection with its secret, answers, queue and settings.
 *
 * @package Aftercare
 */

defined( 'WP_UNINSTALL_PLUGIN' ) || exit;

foreach ( array( 'Signature', 'Connection', 'Settings', 'Question', 'Answers', 'Market', 'Client', 'Refresh', 'Account', 'Uninstall' ) as $aftercare_part ) {
	require_once __DIR__ . '/src/' . $aftercare_part . '.php';
}
\Aftercare\Companion\Uninstall::run();
