<?php

/** The plugin's own files. */
final class Files {
	/** @return string[] Every file of PHP, by its path. */
	public static function php(): array {
		$found = array();
		foreach ( new RecursiveIteratorIterator( new RecursiveDirectoryIterator( dirname( __DIR__ ) . '/aftercare', FilesystemIterator::SKIP_DOTS ) ) as $file ) {
			if ( $file->getExtension() === 'php' ) {
				$found[] = $file->getPathname();
			}
		}
		return $found;
	}
}
