"""Where sealed objects are kept (`plugin.ports.files`): a local folder, or any store that speaks Amazon's S3 API."""
