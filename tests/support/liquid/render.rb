# Renders blocks of the theme app extension by Shopify's own Liquid engine: a question a line in, an answer a line out.
#
# What Shopify's storefront adds to the engine is stood in for as its reference says (shopify.dev, "Liquid", 2026-10): the
# tag `schema`, the snippets, the filter `t`, and what is `blank`, for which the engine asks the objects themselves.
# Everything else is the engine's, and strict.
gem "liquid", ">= 5.4"
require "liquid"
require "json"

class Schema < Liquid::Raw
  def render_to_output_buffer(_context, output)
    output
  end
end

class Snippets
  def initialize(folder)
    @folder = folder
  end

  def read_template_file(name)
    File.read(File.join(@folder, "#{name}.liquid"))
  end
end

module Storefront
  def t(key)
    @context.registers[:words].filter_map { |words| words.dig(*key.split(".")) }.first || raise("no words for #{key}")
  end
end

class NilClass
  def blank? = true
end

class FalseClass
  def blank? = true
end

class String
  def blank? = strip.empty?
end

class Hash
  alias_method :blank?, :empty?
end

Liquid::Template.error_mode = :strict
Liquid::Template.register_tag("schema", Schema)

extension = ARGV.fetch(0)
snippets = Snippets.new(File.join(extension, "snippets"))
words = Hash.new { |known, name| known[name] = File.exist?(name) ? JSON.parse(File.read(name)) : {} }
blocks = Hash.new { |known, name| known[name] = Liquid::Template.parse(File.read(File.join(extension, "blocks", "#{name}.liquid"))) }

shops = {} # what the app wrote into each: sent once, for it can be large

$stdin.each_line do |line|
  asked = JSON.parse(line)
  if asked.key?("keep")
    shops[asked["keep"]] = asked["app"]
    puts "{}"
    $stdout.flush
    next
  end
  registers = {
    file_system: snippets,
    words: [asked["language"], "en.default"].map { |name| words[File.join(extension, "locales", "#{name}.json")] }
  }
  printed = begin
    { html: blocks[asked["block"]].render!(asked["objects"].merge("app" => shops[asked["shop"]]), filters: [Storefront], registers: registers, strict_filters: true) }
  rescue StandardError => error
    { error: "#{error.class}: #{error.message}" }
  end
  puts JSON.generate(printed)
  $stdout.flush
end
