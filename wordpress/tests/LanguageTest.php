<?php

use Aftercare\Companion\Language;
use PHPUnit\Framework\TestCase;

/** A shop in a variant of a language reads that language, not English. */
final class LanguageTest extends TestCase {
	/** @dataProvider locales */
	public function test_a_locale_reads_the_nearest_file_of_its_language( string $locale, string $file ): void {
		$offered = array( 'de_DE', 'fr_FR', 'nb_NO', 'pt_BR', 'pt_PT', 'zh_CN', 'zh_TW' );
		$this->assertSame( $file, Language::nearest( $locale, $offered ) );
	}

	public static function locales(): array {
		$pairs = array( 'de_DE' => 'de_DE', 'de_AT' => 'de_DE', 'de_DE_formal' => 'de_DE', 'fr_CA' => 'fr_FR', 'nn_NO' => 'nb_NO', 'pt_AO' => 'pt_PT', 'pt_BR' => 'pt_BR', 'zh_HK' => 'zh_TW', 'zh_SG' => 'zh_CN', 'sw' => 'sw' );
		return array_map( null, array_keys( $pairs ), array_values( $pairs ) );
	}
}
