/** What people are told of a file that breaks a rule; several rules may come to the same for them. */
export type FileTrouble =
  | 'cut'
  | 'other'
  | 'pixels'
  | 'bytes'
  | 'locked'
  | 'pages'
  | 'dense'
  | 'encoding'
  | 'syntax'
  | 'silent'
  | 'packing'
  | 'long'
  | 'heavy'

/** By the `check` of `asset_invalid` (contract 7.3). */
const checks: Readonly<Record<FileTrouble, string>> = {
  cut: 'png_chunk png_end jpeg_end gif_end webp_length wav_length wav_riff_length wav_chunk wav_padding wav_format_length wav_extension wav_data_alignment mp4_box webm_element aac_frame_length mpeg_frame_length opus_segments pcm_alignment',
  other:
    'png_signature jpeg_start picture_header pdf_start wav_riff webm_magic webm_doc_type mp4_ftyp mpeg_frame aac_sync flac_magic opus_ogg',
  pixels: 'picture_edge picture_area picture_allocation',
  bytes: 'picture_encoded_size',
  locked: 'pdf_password',
  pages: 'pdf_pages',
  dense: 'pdf_objects pdf_streams pdf_stream_bytes',
  encoding: 'text_utf8',
  syntax: 'json_syntax',
  silent: 'wav_data_empty wav_data_count mp4_mdat mp4_sound_track webm_segment webm_audio_track webm_block',
  packing:
    'wav_format wav_bits webm_codec opus_head opus_version mpeg_free_format audio_sample_rate audio_channels',
  long: 'audio_duration',
  heavy: 'too_slow too_much_memory',
}

const byCheck = new Map(
  Object.entries(checks).flatMap(([trouble, names]) =>
    names.split(' ').map((name) => [name, trouble as FileTrouble] as const),
  ),
)

/** Undefined where there is no more to say than that the file is damaged. */
export const fileTrouble = (check: string): FileTrouble | undefined => byCheck.get(check)
